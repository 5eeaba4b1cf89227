package dev.nofate.invoice.event;

import jakarta.enterprise.context.ApplicationScoped;

/** An invoice was finalized: open, or paid already when there was nothing to pay. */
@ApplicationScoped
public class InvoiceFinalized implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.finalized";
  }

  @Override
  public Told tell(StripeEvent event) {
    StripeInvoice invoice = StripeInvoice.of(event);
    return invoice.observedAs(invoice.status());
  }
}
