package dev.nofate.billing.contract;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a Stripe event says of an invoice.
 *
 * @param eventId the event it came with
 * @param invoiceId Stripe's id, {@code in_…}
 * @param customerId Stripe's customer, {@code cus_…}
 * @param status the state observed
 * @param occurredAt when, RFC 3339 UTC (the event's {@code created})
 * @param amountDueCents amount due in minor units
 * @param amountPaidCents amount paid in minor units
 * @param currency ISO 4217 in lower case
 * @param problem what keeps a draft from being finalised, Stripe's code; null when nothing does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InvoiceObservation(
    String eventId,
    String invoiceId,
    String customerId,
    InvoiceStatus status,
    String occurredAt,
    long amountDueCents,
    long amountPaidCents,
    String currency,
    String problem) {}
