package dev.nofate.gate.engine;

/** What a fired rule says about the proposal. */
public enum Outcome {
  /** The proposal is within the rule. */
  COMPLIANCE,
  /** The proposal is excluded by the rule. */
  VIOLATION
}
