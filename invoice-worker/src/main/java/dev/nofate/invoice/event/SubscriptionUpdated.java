package dev.nofate.invoice.event;

import jakarta.enterprise.context.ApplicationScoped;

/** A subscription changed, for instance to past due. */
@ApplicationScoped
public class SubscriptionUpdated implements StripeEventHandler {

  @Override
  public String type() {
    return "customer.subscription.updated";
  }

  @Override
  public Told tell(StripeEvent event) {
    return StripeSubscription.told(event);
  }
}
