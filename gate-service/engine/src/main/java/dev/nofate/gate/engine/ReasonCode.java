package dev.nofate.gate.engine;

/** Why a run ended where it did: the codes the engine gives, each with its gate and state. */
public enum ReasonCode {
  /** Not strict JSON, or a member of the request with another JSON type than the contract's. */
  MALFORMED_PAYLOAD(Gate.INTAKE, State.INVALID_INPUT),
  /** A member the contract requires is absent. */
  MISSING_REQUIRED_FIELD(Gate.INTAKE, State.INVALID_INPUT),
  /** A member the contract does not know. */
  UNKNOWN_FIELD(Gate.INTAKE, State.INVALID_INPUT),
  /** Beyond one of the {@link EngineLimits}. */
  PAYLOAD_TOO_LARGE(Gate.INTAKE, State.INVALID_INPUT),
  /** A fact is present with another type than the ruleset declares. */
  FACT_TYPE_MISMATCH(Gate.INTAKE, State.INVALID_INPUT),
  /** The reference names no published ruleset. */
  UNKNOWN_RULESET(Gate.INTAKE, State.INVALID_INPUT),
  /** No RFC 3339 timestamp, or observed later than evaluated. */
  INVALID_TIMESTAMP(Gate.TEMPORAL, State.INVALID_INPUT),
  /** Observed more than one and at most two windows before the evaluation. */
  STALE_INPUT(Gate.TEMPORAL, State.NO_DETERMINISTIC_OUTCOME),
  /** Observed more than two windows before, or evaluated too far from the time of receipt. */
  TIME_DRIFT_EXCEEDED(Gate.TEMPORAL, State.NO_DETERMINISTIC_OUTCOME),
  /** Grants were presented and none of them is valid for this proposal. */
  AUTHORITY_REJECTED(Gate.AUTHORITY, State.DETERMINISTIC_VIOLATION),
  /** The ruleset requires a grant and none was presented. */
  AUTHORITY_MISSING(Gate.AUTHORITY, State.NO_DETERMINISTIC_OUTCOME),
  /** All outcomes that remain say violation. */
  RULE_VIOLATION(Gate.RULES, State.DETERMINISTIC_VIOLATION),
  /** Facts that could still change the outcome are absent; the reason names them. */
  FACTS_INCOMPLETE(Gate.RULES, State.NO_DETERMINISTIC_OUTCOME),
  /** A rule that matters fails to evaluate, or reaches its iteration limit. */
  RULE_UNDECIDABLE(Gate.RULES, State.NO_DETERMINISTIC_OUTCOME),
  /** No rule fired. */
  NO_APPLICABLE_RULE(Gate.CARDINALITY, State.NO_DETERMINISTIC_OUTCOME),
  /** Compliance and violation both remain. */
  CONFLICTING_RULES(Gate.CARDINALITY, State.NO_DETERMINISTIC_OUTCOME),
  /** More than one target renders where exactly one may (backward evaluation). */
  MULTIPLE_RENDERINGS(Gate.CARDINALITY, State.NO_DETERMINISTIC_OUTCOME),
  /** A target does not render completely (backward evaluation). */
  RENDERING_INCOMPLETE(Gate.CARDINALITY, State.NO_DETERMINISTIC_OUTCOME),
  /** The second derivation gives another decision digest, or none. */
  NOT_REPRODUCIBLE(Gate.VALIDITY, State.NO_DETERMINISTIC_OUTCOME);

  private final Gate gate;
  private final State state;

  ReasonCode(Gate gate, State state) {
    this.gate = gate;
    this.state = state;
  }

  /** The gate that gives this code. */
  public Gate gate() {
    return gate;
  }

  /** The terminal state a run with this code ends in. */
  public State state() {
    return state;
  }
}
