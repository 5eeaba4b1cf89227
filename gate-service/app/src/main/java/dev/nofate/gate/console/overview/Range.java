package dev.nofate.gate.console.overview;

import java.time.Duration;

/** The spans that the overview can show: whole hours up to the current one. */
public enum Range {
  DAY("24h", "24 hours", Duration.ofHours(24), Duration.ofHours(1)),
  WEEK("7d", "7 days", Duration.ofDays(7), Duration.ofHours(6));

  private final String code;
  private final String label;
  private final Duration length;
  private final Duration step;

  Range(String code, String label, Duration length, Duration step) {
    this.code = code;
    this.label = label;
    this.length = length;
    this.step = step;
  }

  public String code() {
    return code;
  }

  public String label() {
    return label;
  }

  Duration length() {
    return length;
  }

  /** How long a column is, in words. */
  public String stepLabel() {
    return step.toHours() == 1 ? "hour" : step.toHours() + " hours";
  }

  Duration step() {
    return step;
  }

  static Range of(String code) {
    return WEEK.code.equals(code) ? WEEK : DAY;
  }

  public Range other() {
    return this == DAY ? WEEK : DAY;
  }
}
