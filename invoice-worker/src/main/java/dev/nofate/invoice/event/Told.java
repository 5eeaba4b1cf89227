package dev.nofate.invoice.event;

import dev.nofate.billing.contract.CheckoutNotice;
import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.MeterFault;
import dev.nofate.billing.contract.SubscriptionNotice;

/** What an event says, and hence whom it is told to. */
public sealed interface Told {

  /** An invoice was in a state. */
  record OfInvoice(InvoiceObservation observation) implements Told {}

  /** Something happened to a subscription. */
  record OfSubscription(SubscriptionNotice notice) implements Told {}

  /** A customer went through a page. */
  record OfCheckout(CheckoutNotice notice) implements Told {}

  /** Usage was not counted. */
  record OfMeter(MeterFault fault) implements Told {}

  /** Nothing that follows: a page that was left, or on which nothing was given. */
  record OfNothing() implements Told {}
}
