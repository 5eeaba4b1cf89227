package dev.nofate.invoice.event;

import dev.nofate.billing.contract.InvoiceStatus;
import jakarta.enterprise.context.ApplicationScoped;

/** The customer has to confirm a payment, which has not failed by that: the invoice is open. */
@ApplicationScoped
public class InvoicePaymentActionRequired implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.payment_action_required";
  }

  @Override
  public Told tell(StripeEvent event) {
    return StripeInvoice.of(event).observedAs(InvoiceStatus.OPEN);
  }
}
