package dev.nofate.billing.report;

import java.time.Duration;

/**
 * An attempt at a report, and what those before it left behind.
 *
 * @param number from 1; whoever has a lower one was overtaken and writes nothing any more
 * @param doubt null while the provider certainly does not have the usage
 */
record Attempt(int number, Doubt doubt) {

  private static final int MOST_DOUBLINGS = 30;

  /** Wait after this attempt failed: doubles with each one up to the longest. */
  Duration backOff(Duration first, Duration longest) {
    Duration wait = first.multipliedBy(1L << Math.min(number - 1, MOST_DOUBLINGS));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
