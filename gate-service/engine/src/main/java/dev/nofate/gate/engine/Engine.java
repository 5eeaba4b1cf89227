package dev.nofate.gate.engine;

import dev.nofate.gate.engine.json.Octets;
import java.util.Optional;

/** The gates, in order; a pure function of its arguments, safe for use by many threads. */
public final class Engine {

  private final EngineLimits limits;
  private final SecondDeriver second;

  /** An engine that keeps {@code limits}. */
  public Engine(EngineLimits limits) {
    this.limits = limits;
    this.second = this::deriveAgain;
  }

  /** An engine with another second derivation. */
  Engine(EngineLimits limits, SecondDeriver second) {
    this.limits = limits;
    this.second = second;
  }

  /**
   * Runs the gates until one fails or all have passed.
   *
   * @param reading the request, read with {@link Intake} under the same limits
   * @param ruleset the ruleset its reference names; empty when there is none
   * @param admission what is known beside the body
   */
  public Decision decide(Reading reading, Optional<VersionedRuleset> ruleset, Admission admission) {
    if (reading instanceof Reading.Unreadable unreadable) {
      return Derivation.refused(reading, unreadable.reason(), ruleset, admission);
    }
    if (ruleset.isEmpty()) {
      return Derivation.refused(
          reading, Reason.at(ReasonCode.UNKNOWN_RULESET, "/ruleset"), ruleset, admission);
    }
    VersionedRuleset found = ruleset.orElseThrow();
    Reading.Readable request = (Reading.Readable) reading;
    CompiledRuleset document = found.ruleset();
    Decision first = derive(request, found, document.rules(), document.renderings(), admission);
    return first.state() == State.DETERMINISTIC_COMPLIANCE
        ? validated(first, request, found, admission)
        : first.withDigest();
  }

  private Decision validated(
      Decision first, Reading.Readable request, VersionedRuleset ruleset, Admission admission) {
    Decision reproduced = first.afterValidity(true);
    boolean same =
        second
            .derive(request.commitmentBytes(), request.direction(), ruleset, admission)
            .map(again -> again.afterValidity(true))
            .filter(again -> again.decisionDigest().equals(reproduced.decisionDigest()))
            .filter(again -> again.renderings().equals(reproduced.renderings()))
            .isPresent();
    return same ? reproduced : first.afterValidity(false);
  }

  private Optional<Decision> deriveAgain(
      Octets canonical, Direction direction, VersionedRuleset ruleset, Admission admission) {
    CompiledRuleset document = ruleset.ruleset();
    return Intake.read(canonical.toByteArray(), direction, limits) instanceof Reading.Readable again
        ? Optional.of(
            derive(again, ruleset, document.secondRules(), document.secondRenderings(), admission))
        : Optional.empty();
  }

  private Decision derive(
      Reading.Readable request,
      VersionedRuleset ruleset,
      Rules rules,
      Renderings renderings,
      Admission admission) {
    return Derivation.of(
            ruleset, rules, renderings, ruleset.ruleset().authority(), admission, limits)
        .run(request);
  }
}
