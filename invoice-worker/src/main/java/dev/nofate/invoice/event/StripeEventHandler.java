package dev.nofate.invoice.event;

/** Knows what one type of event says. A bean of this type is found by being there. */
public interface StripeEventHandler {

  /** Stripe's name of the type. */
  String type();

  /**
   * What an event of this type says. Pure: the same event, the same answer.
   *
   * @throws MalformedEventException when it can't be read
   */
  Told tell(StripeEvent event);
}
