package dev.nofate.invoice.event;

import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.InvoiceStatus;
import jakarta.enterprise.context.ApplicationScoped;

/** An invoice is paid, or was marked as paid elsewhere. */
@ApplicationScoped
public class InvoicePaid implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.paid";
  }

  @Override
  public InvoiceObservation observe(StripeEvent event) {
    return StripeInvoice.of(event).observedAs(InvoiceStatus.PAID);
  }
}
