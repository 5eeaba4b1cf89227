package dev.nofate.gate.engine;

/** The four terminal states. There is no fifth. */
public enum State {
  /** All gates passed: exactly one outcome follows, and it is compliance. */
  DETERMINISTIC_COMPLIANCE,
  /** The rules, or the authority they ask for, exclude the proposal. */
  DETERMINISTIC_VIOLATION,
  /** No single outcome follows; the reason names the boundary that was reached. */
  NO_DETERMINISTIC_OUTCOME,
  /** The request is not one the ruleset speaks about. */
  INVALID_INPUT
}
