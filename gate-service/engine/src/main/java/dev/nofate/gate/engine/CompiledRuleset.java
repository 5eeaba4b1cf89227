package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.authority.AuthorityPolicy;
import dev.nofate.gate.engine.fact.FactSchema;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.Octets;

/** An immutable ruleset, ready to decide; safe for use by many threads. */
public final class CompiledRuleset {

  private final String name;
  private final String scope;
  private final long decisionWindowMs;
  private final long maxClockSkewMs;
  private final int ruleCount;
  private final Octets canonicalDocument;
  private final String digest;
  private final FactSchema facts;
  private final AuthorityPolicy authority;
  private final Rules rules;
  private final Rules secondRules;
  private final Renderings renderings;
  private final Renderings secondRenderings;
  private final long worstCaseCost;

  CompiledRuleset(
      JsonNode document,
      FactSchema facts,
      AuthorityPolicy authority,
      Rules rules,
      Rules secondRules,
      Renderings renderings,
      Renderings secondRenderings,
      long worstCaseCost) {
    this.name = document.get("name").textValue();
    this.scope = document.get("scope").textValue();
    this.decisionWindowMs = document.get("decision_window_ms").longValue();
    this.maxClockSkewMs = document.get("max_clock_skew_ms").longValue();
    this.ruleCount = document.get("rules").size();
    this.canonicalDocument = CanonicalJson.write(document);
    this.digest = canonicalDocument.sha256();
    this.facts = facts;
    this.authority = authority;
    this.rules = rules;
    this.secondRules = secondRules;
    this.renderings = renderings;
    this.secondRenderings = secondRenderings;
    this.worstCaseCost = worstCaseCost;
  }

  /** The ruleset's name. */
  public String name() {
    return name;
  }

  /** {@code sha256:} of the RFC 8785 form of the document. */
  public String digest() {
    return digest;
  }

  /** The RFC 8785 form of the document. */
  public Octets canonicalDocument() {
    return canonicalDocument;
  }

  /** The scope declaration, a sentence. */
  public String scope() {
    return scope;
  }

  /** How many rules the ruleset has. */
  public int ruleCount() {
    return ruleCount;
  }

  /** Window of a request that states none, in milliseconds. */
  public long decisionWindowMs() {
    return decisionWindowMs;
  }

  /** Greatest distance between {@code evaluated_at} and the time of receipt, in milliseconds. */
  public long maxClockSkewMs() {
    return maxClockSkewMs;
  }

  /**
   * Worst-case cost of all conditions together, in the unit of {@link
   * RulesetLimits#expressionCost}; an ordinary comparison of two facts costs about 3.
   */
  public long worstCaseCost() {
    return worstCaseCost;
  }

  FactSchema facts() {
    return facts;
  }

  AuthorityPolicy authority() {
    return authority;
  }

  /** The rules in document order. */
  Rules rules() {
    return rules;
  }

  /** The same rules, compiled once more from the canonical document in reversed order. */
  Rules secondRules() {
    return secondRules;
  }

  Renderings renderings() {
    return renderings;
  }

  /** The same renderings, compiled once more. */
  Renderings secondRenderings() {
    return secondRenderings;
  }
}
