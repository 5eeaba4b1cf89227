package dev.nofate.billing.report;

import java.time.Duration;
import java.time.Instant;

/**
 * That the provider may have an entry's usage, and what is known of it.
 *
 * @param channel over which it was sent, the only one it can be there by
 * @param firstSentAt when it was first sent
 * @param lastSentAt when it was last sent; null when that was not noted
 * @param subscription the one it was to be billed by; null when that was not noted
 */
record Doubt(Channel channel, Instant firstSentAt, Instant lastSentAt, String subscription) {

  /** Whether the provider still refuses the identifier's second arrival. */
  boolean isWithin(Duration memory, Instant now) {
    return now.isBefore(firstSentAt.plus(memory));
  }

  /** The latest time at which it can have been sent. */
  Instant sentUntil(Duration memory) {
    return lastSentAt == null ? firstSentAt.plus(memory) : lastSentAt;
  }

  /** Whether it went to this subscription, as far as is known. */
  boolean wentTo(String id) {
    return subscription == null || subscription.equals(id);
  }
}
