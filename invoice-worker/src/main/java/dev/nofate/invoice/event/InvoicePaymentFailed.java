package dev.nofate.invoice.event;

import dev.nofate.billing.contract.InvoiceStatus;
import jakarta.enterprise.context.ApplicationScoped;

/** An attempt to collect failed, by a decline or for want of a payment method. */
@ApplicationScoped
public class InvoicePaymentFailed implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.payment_failed";
  }

  @Override
  public Told tell(StripeEvent event) {
    return StripeInvoice.of(event).observedAs(InvoiceStatus.PAYMENT_FAILED);
  }
}
