package dev.nofate.invoice.event;

import dev.nofate.billing.contract.CheckoutNotice;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A customer went through a page. It may be unpaid, or ask for something else than a payment
 * method.
 */
@ApplicationScoped
public class CheckoutSessionCompleted implements StripeEventHandler {

  @Override
  public String type() {
    return "checkout.session.completed";
  }

  @Override
  public Told tell(StripeEvent event) {
    String session = event.idOf("checkout.session");
    boolean setup = "setup".equals(event.object().path("mode").textValue());
    boolean unpaid = "unpaid".equals(event.object().path("payment_status").textValue());
    return setup && !unpaid
        ? new Told.OfCheckout(new CheckoutNotice(event.id(), session, event.customer()))
        : new Told.OfNothing();
  }
}
