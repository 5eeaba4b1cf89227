package dev.nofate.gate.engine;

/**
 * A ruleset as published.
 *
 * @param version counts from 1 within a name
 * @param ruleset the compiled document
 */
public record VersionedRuleset(int version, CompiledRuleset ruleset) {

  /** The identity an answer carries. */
  public RulesetIdentity identity() {
    return new RulesetIdentity(ruleset.name(), version, ruleset.digest());
  }
}
