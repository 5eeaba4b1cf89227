package dev.nofate.invoice.event;

import dev.nofate.billing.contract.InvoiceStatus;
import jakarta.enterprise.context.ApplicationScoped;

/** An invoice was declared void: nothing is owed for it. */
@ApplicationScoped
public class InvoiceVoided implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.voided";
  }

  @Override
  public Told tell(StripeEvent event) {
    return StripeInvoice.of(event).observedAs(InvoiceStatus.VOID);
  }
}
