package dev.nofate.billing.contract;

/**
 * That a customer went through a page that asks for a payment method.
 *
 * @param eventId the event it came with
 * @param sessionId Stripe's id of the page, {@code cs_…}
 * @param customerId Stripe's customer, {@code cus_…}
 */
public record CheckoutNotice(String eventId, String sessionId, String customerId) {}
