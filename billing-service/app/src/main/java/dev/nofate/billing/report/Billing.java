package dev.nofate.billing.report;

import dev.nofate.billing.provider.PaymentProvider.BillingCycle;
import java.time.Duration;
import java.time.Instant;

/** What becomes of usage that would be metered now. */
sealed interface Billing {

  /** The subscription goes on. */
  record Open(String subscription, BillingCycle cycle) implements Billing {

    /** Whether usage of a time still gets onto the invoice of its own period. */
    boolean takes(Instant usage, Instant now, Duration draftMargin) {
      if (!usage.isBefore(cycle.start())) {
        return true;
      }
      return cycle.draftFrom() != null
          && !usage.isBefore(cycle.draftFrom())
          && now.plus(draftMargin).isBefore(cycle.draftUntil());
    }
  }

  /**
   * The meter would count it and nothing would bill it.
   *
   * @param why as operators are told
   */
  record Nowhere(String why) implements Billing {}
}
