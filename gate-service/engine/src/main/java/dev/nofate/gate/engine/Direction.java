package dev.nofate.gate.engine;

import java.util.Locale;

/** Which way a request is evaluated. */
public enum Direction {
  /** From a proposal to a state. */
  FORWARD,
  /** From a structured outcome to its renderings. */
  BACKWARD;

  /** The lower-case name used in URLs and records. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
