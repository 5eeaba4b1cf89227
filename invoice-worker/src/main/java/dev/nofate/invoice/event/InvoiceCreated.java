package dev.nofate.invoice.event;

import jakarta.enterprise.context.ApplicationScoped;

/** An invoice was made: usually a draft, already open when it was finalized at once. */
@ApplicationScoped
public class InvoiceCreated implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.created";
  }

  @Override
  public Told tell(StripeEvent event) {
    StripeInvoice invoice = StripeInvoice.of(event);
    return invoice.observedAs(invoice.status());
  }
}
