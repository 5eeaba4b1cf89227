package dev.nofate.invoice.event;

import jakarta.enterprise.context.ApplicationScoped;

/** A subscription has ended: what is metered into it is billed no more. */
@ApplicationScoped
public class SubscriptionDeleted implements StripeEventHandler {

  @Override
  public String type() {
    return "customer.subscription.deleted";
  }

  @Override
  public Told tell(StripeEvent event) {
    return StripeSubscription.told(event);
  }
}
