package dev.nofate.gate.engine.rule;

/** What a rule's condition comes to. */
public enum Verdict {
  /** True: the rule fires. */
  FIRED,
  /** False. */
  NOT_FIRED,
  /** It hangs on facts that are not stated. */
  UNKNOWN,
  /** Its evaluation ends in an error or at the iteration limit. */
  FAILED
}
