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

  /** The second derivation comes to the same decision and renders another text. */
  public static Engine inRenderings(EngineLimits limits) {
    return new Engine(
        limits,
        (canonical, direction, ruleset, admission) ->
            Optional.of(
                withOtherContent(
                    Derivation.of(
                            ruleset,
                            ruleset.ruleset().secondRules(),
                            ruleset.ruleset().secondRenderings(),
                            ruleset.ruleset().authority(),
                            admission,
                            limits)
                        .run(
                            (Reading.Readable)
                                Intake.read(canonical.toByteArray(), direction, limits)))));
  }

  private static Decision withOtherContent(Decision decision) {
    return Decision.draft(
        decision.reason(),
        decision.ruleset(),
        decision.receivedAt(),
        decision.derivation(),
        decision.renderingTraces(),
        decision.gateTrace(),
        decision.temporal(),
        decision.renderings().stream()
            .map(it -> new Rendering(it.target(), it.mediaType(), it.content() + " ", it.digest()))
            .toList(),
        decision.commitment());
  }
}
