package dev.nofate.gate.engine;

import java.util.Locale;

/** The six gates, declared in the order they run. */
public enum Gate {
  /** Strict JSON, limits, members, ruleset, types of facts. */
  INTAKE,
  /** Timestamps, staleness, clock skew. */
  TEMPORAL,
  /** Signed grants. */
  AUTHORITY,
  /** Rules are decidable and do not all say violation. */
  RULES,
  /** Exactly one distinct outcome remains. */
  CARDINALITY,
  /** A second derivation agrees. */
  VALIDITY;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in answers and in the audit log. */
  public String wireName() {
    return wireName;
  }
}
