package dev.nofate.invoice.event;

import dev.nofate.billing.contract.InvoiceObservation;

/** Knows what one type of event says. A bean of this type is found by being there. */
public interface StripeEventHandler {

  /** Stripe's name of the type. */
  String type();

  /**
   * What an event of this type says of an invoice. Pure: the same event, the same observation.
   *
   * @throws MalformedEventException when it can't be read
   */
  InvoiceObservation observe(StripeEvent event);
}
