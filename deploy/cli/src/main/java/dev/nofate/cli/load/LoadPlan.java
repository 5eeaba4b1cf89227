package dev.nofate.cli.load;

import java.time.Duration;

/**
 * How hard and how long.
 *
 * @param concurrency requests under way at any time
 * @param warmUp time that is not measured, in front
 * @param duration measured time
 */
record LoadPlan(int concurrency, Duration warmUp, Duration duration) {

  /** Bound of {@link #concurrency}: below what the stack's Postgres has connections for. */
  static final int MAX_CONCURRENCY = 128;

  LoadPlan {
    if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
      throw new IllegalArgumentException("concurrency is from 1 to " + MAX_CONCURRENCY);
    }
    if (warmUp.isNegative() || duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("times are positive");
    }
  }
}
