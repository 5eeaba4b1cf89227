package dev.nofate.invoice.event;

import jakarta.enterprise.context.ApplicationScoped;

/** A subscription was made. */
@ApplicationScoped
public class SubscriptionCreated implements StripeEventHandler {

  @Override
  public String type() {
    return "customer.subscription.created";
  }

  @Override
  public Told tell(StripeEvent event) {
    return StripeSubscription.told(event);
  }
}
