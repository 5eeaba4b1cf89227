package dev.nofate.invoice.event;

import dev.nofate.billing.contract.InvoiceStatus;
import jakarta.enterprise.context.ApplicationScoped;

/** A payment went through; Stripe sends it beside {@code invoice.paid}. */
@ApplicationScoped
public class InvoicePaymentSucceeded implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.payment_succeeded";
  }

  @Override
  public Told tell(StripeEvent event) {
    return StripeInvoice.of(event).observedAs(InvoiceStatus.PAID);
  }
}
