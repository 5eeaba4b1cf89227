package dev.nofate.invoice.event;

import jakarta.enterprise.context.ApplicationScoped;

/** An invoice stays a draft because of what Stripe names, for instance a missing tax location. */
@ApplicationScoped
public class InvoiceFinalizationFailed implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.finalization_failed";
  }

  @Override
  public Told tell(StripeEvent event) {
    StripeInvoice invoice = StripeInvoice.of(event);
    return invoice.observedAs(invoice.status(), invoice.finalizationError());
  }
}
