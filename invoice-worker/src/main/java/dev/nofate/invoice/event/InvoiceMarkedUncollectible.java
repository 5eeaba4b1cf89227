package dev.nofate.invoice.event;

import dev.nofate.billing.contract.InvoiceStatus;
import jakarta.enterprise.context.ApplicationScoped;

/** An invoice was given up as bad debt. */
@ApplicationScoped
public class InvoiceMarkedUncollectible implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.marked_uncollectible";
  }

  @Override
  public Told tell(StripeEvent event) {
    return StripeInvoice.of(event).observedAs(InvoiceStatus.UNCOLLECTIBLE);
  }
}
