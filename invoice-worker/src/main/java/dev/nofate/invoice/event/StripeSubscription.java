package dev.nofate.invoice.event;

import dev.nofate.billing.contract.SubscriptionNotice;

/**
 * What an event says of a subscription: which one. Where it stands billing-service asks, because
 * active and past due come and go and an event may be late.
 */
final class StripeSubscription {

  private StripeSubscription() {}

  static Told told(StripeEvent event) {
    return new Told.OfSubscription(
        new SubscriptionNotice(event.id(), event.idOf("subscription"), event.customer()));
  }
}
