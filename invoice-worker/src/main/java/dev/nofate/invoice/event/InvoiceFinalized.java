package dev.nofate.invoice.event;

import dev.nofate.billing.contract.InvoiceObservation;
import jakarta.enterprise.context.ApplicationScoped;

/** An invoice was finalized: open, or paid already when there was nothing to pay. */
@ApplicationScoped
public class InvoiceFinalized implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.finalized";
  }

  @Override
  public InvoiceObservation observe(StripeEvent event) {
    StripeInvoice invoice = StripeInvoice.of(event);
    return invoice.observedAs(invoice.status());
  }
}
