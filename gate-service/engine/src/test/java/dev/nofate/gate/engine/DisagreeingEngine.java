package dev.nofate.gate.engine;

import java.util.Optional;

/** An engine whose second derivation differs from the first. */
public final class DisagreeingEngine {

  private DisagreeingEngine() {}

  /** The second derivation sees a request that names no ruleset. */
  public static Engine create(EngineLimits limits) {
    return new Engine(
        limits,
        (canonical, direction, ruleset, admission) ->
            Optional.of(
                new Engine(limits)
                    .decide(
                        Intake.read(canonical.toByteArray(), direction, limits),
                        Optional.empty(),
                        admission)));
  }
}
