package dev.nofate.gate.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How many of the render targets must render completely. */
public enum CardinalityMode {
  /** Exactly one. */
  ONE,
  /** Each of them. */
  ALL;

  /** The lower-case name used in requests. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<CardinalityMode> parse(String text) {
    return Arrays.stream(values()).filter(mode -> mode.wireName().equals(text)).findFirst();
  }
}
