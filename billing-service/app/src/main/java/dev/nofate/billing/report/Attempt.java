package dev.nofate.billing.report;

import java.time.Duration;
import java.time.Instant;

/**
 * What is remembered of earlier attempts at a report.
 *
 * @param attempts how many there were, the present one included
 * @param channel over which it may have been delivered; null while it certainly was not
 * @param firstSentAt when that was first tried; null with it
 */
record Attempt(int attempts, Channel channel, Instant firstSentAt) {

  private static final int MOST_DOUBLINGS = 30;

  /** Whether the provider may have the usage. */
  boolean isDoubtful() {
    return channel != null;
  }

  /** Whether the provider still refuses the identifier's second arrival. */
  boolean isWithin(Duration memory, Instant now) {
    return now.isBefore(firstSentAt.plus(memory));
  }

  /** Wait after this attempt failed: doubles with each one up to the longest. */
  Duration backOff(Duration first, Duration longest) {
    Duration wait = first.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
