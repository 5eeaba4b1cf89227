package dev.nofate.billing.webhook;

import java.time.Duration;

/** How long an event waits after a failed attempt. */
record BackOff(Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 30;

  /**
   * The wait: doubles with each attempt up to the longest.
   *
   * @param attempt counts from 1
   */
  Duration after(int attempt) {
    int doublings = Math.min(attempt - 1, MOST_DOUBLINGS);
    Duration wait = first.multipliedBy(1L << doublings);
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
