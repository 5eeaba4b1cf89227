package dev.nofate.invoice.event;

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
  public Told tell(StripeEvent event) {
    return StripeInvoice.of(event).observedAs(InvoiceStatus.PAID);
  }
}
