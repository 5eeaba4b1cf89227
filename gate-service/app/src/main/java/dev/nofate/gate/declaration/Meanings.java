package dev.nofate.gate.declaration;

import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;

/** What states and reason codes say, for people (NFCS-RF-003). */
final class Meanings {

  private Meanings() {}

  static String of(State state) {
    return switch (state) {
      case DETERMINISTIC_COMPLIANCE ->
          "Exactly one outcome follows from rules and facts, and it is compliance.";
      case DETERMINISTIC_VIOLATION ->
          "The rules, or the authority they ask for, exclude the proposal.";
      case NO_DETERMINISTIC_OUTCOME ->
          "No single outcome follows; the reason names the boundary that was reached.";
      case INVALID_INPUT -> "The request is not one the ruleset speaks about.";
    };
  }

  static String of(ReasonCode code) {
    return switch (code) {
      case MALFORMED_PAYLOAD ->
          "The body is not strict JSON, or a member has another JSON type than declared.";
      case MISSING_REQUIRED_FIELD -> "A required member of the request is absent.";
      case UNKNOWN_FIELD -> "The request has a member, or names a rendering, that is not declared.";
      case PAYLOAD_TOO_LARGE -> "The request is beyond one of the declared limits.";
      case FACT_TYPE_MISMATCH -> "A fact has another type than the ruleset declares.";
      case UNKNOWN_RULESET -> "The reference names no published ruleset.";
      case INVALID_TIMESTAMP ->
          "A time is no RFC 3339 timestamp, or the observation is later than the evaluation.";
      case STALE_INPUT -> "The observation is older than the decision window.";
      case TIME_DRIFT_EXCEEDED ->
          "The observation is older than two windows, or the caller's clock is too far from the"
              + " time of receipt.";
      case AUTHORITY_REJECTED -> "Grants were presented and none covers the proposal.";
      case AUTHORITY_MISSING -> "The ruleset asks for a grant and none was presented.";
      case RULE_VIOLATION -> "Every outcome that remains is a violation.";
      case FACTS_INCOMPLETE -> "Facts that could still change the outcome are absent.";
      case RULE_UNDECIDABLE -> "A rule that matters could not be evaluated.";
      case NO_APPLICABLE_RULE -> "No rule fired.";
      case CONFLICTING_RULES -> "Compliance and violation both remain.";
      case MULTIPLE_RENDERINGS -> "More than one target renders where exactly one may.";
      case RENDERING_INCOMPLETE -> "A target does not render completely.";
      case NOT_REPRODUCIBLE -> "A second derivation did not give the same decision.";
    };
  }
}
