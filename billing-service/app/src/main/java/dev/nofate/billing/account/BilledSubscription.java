package dev.nofate.billing.account;

import java.util.Set;

/**
 * The subscription that an account's usage is metered into.
 *
 * @param id {@code sub_…}; null until it was made
 * @param status where it stands in Stripe's word, as last asked; null while nothing was said of it
 * @param replaced the ended one that it took the place of; null for the first
 */
public record BilledSubscription(String id, String status, String replaced) {

  private static final Set<String> ENDED = Set.of("canceled", "incomplete_expired");

  /** Whether nothing that is metered into it is billed any more. */
  public boolean hasEnded() {
    return isEnd(status);
  }

  /** Whether a status is one that nothing follows. */
  static boolean isEnd(String status) {
    return status != null && ENDED.contains(status);
  }
}
