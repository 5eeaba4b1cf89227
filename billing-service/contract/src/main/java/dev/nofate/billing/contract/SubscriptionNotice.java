package dev.nofate.billing.contract;

/**
 * That something happened to a subscription. What, the payment provider is asked: a notice may be
 * late.
 *
 * @param eventId the event it came with
 * @param subscriptionId Stripe's id, {@code sub_…}
 * @param customerId Stripe's customer, {@code cus_…}
 */
public record SubscriptionNotice(String eventId, String subscriptionId, String customerId) {}
