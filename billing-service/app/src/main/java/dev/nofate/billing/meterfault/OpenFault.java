package dev.nofate.billing.meterfault;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Usage that the provider accepted and did not count, and that nobody has settled yet.
 *
 * @param eventId Stripe's event
 * @param type its type
 * @param meterId the billing meter; null when none was found
 * @param errors events that were not counted, by Stripe's count
 * @param codes Stripe's reasons, comma-separated
 * @param entries ledger entries that are known of them
 * @param observedAt RFC 3339 UTC
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OpenFault(
    String eventId,
    String type,
    String meterId,
    long errors,
    String codes,
    long entries,
    String observedAt) {}
