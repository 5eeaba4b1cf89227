package dev.nofate.billing.contract;

/**
 * That the payment provider did not count usage it had accepted. A thin event: what it is about is
 * asked for.
 *
 * @param eventId the event it came with
 * @param type Stripe's event type
 * @param meterId the billing meter, {@code mtr_…}; null when no meter was found for the usage
 */
public record MeterFault(String eventId, String type, String meterId) {}
