package dev.nofate.billing.contract;

/**
 * A stored webhook event, leased to one worker.
 *
 * @param eventId Stripe's id, {@code evt_…}
 * @param type Stripe's event type
 * @param attempt counts the claims from 1
 * @param payload the event's JSON text as received
 */
public record StripeEventClaim(String eventId, String type, int attempt, String payload) {
  @Override
  public String toString() {
    return "StripeEventClaim[" + eventId + ", " + type + ", attempt " + attempt + "]";
  }
}
