package dev.nofate.gate.tally;

import java.util.List;
import java.util.OptionalLong;

/**
 * A histogram's upper bounds, each inclusive, and one bucket behind them for what exceeds the last.
 * The bounds are part of what is stored: a list only ever grows at its end.
 */
public enum Buckets {
  /** From receipt to stored, in microseconds. */
  DURATION_MICROS(
      500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 50_000, 75_000,
      100_000, 150_000, 200_000, 300_000, 500_000, 1_000_000, 2_000_000, 5_000_000),
  /** From observation to evaluation, in milliseconds. */
  AGE_MS(
      0,
      100,
      250,
      500,
      1_000,
      2_500,
      5_000,
      10_000,
      30_000,
      60_000,
      300_000,
      900_000,
      3_600_000,
      86_400_000);

  private final long[] bounds;

  Buckets(long... bounds) {
    this.bounds = bounds;
  }

  /** How many counts a histogram has. */
  public int size() {
    return bounds.length + 1;
  }

  int of(long value) {
    for (int i = 0; i < bounds.length; i++) {
      if (value <= bounds[i]) {
        return i;
      }
    }
    return bounds.length;
  }

  /**
   * The bound that at least this share of what was counted does not exceed; empty when nothing was
   * counted, or when the share reaches beyond the last bound.
   *
   * @param share of 1, for instance 0.95
   */
  public OptionalLong quantile(List<Long> counts, double share) {
    long total = counts.stream().mapToLong(Long::longValue).sum();
    long needed = Math.max(1, (long) Math.ceil(total * share));
    long seen = 0;
    for (int i = 0; i < bounds.length && i < counts.size() && total > 0; i++) {
      seen += counts.get(i);
      if (seen >= needed) {
        return OptionalLong.of(bounds[i]);
      }
    }
    return OptionalLong.empty();
  }

  /** The last bound. */
  public long last() {
    return bounds[bounds.length - 1];
  }
}
