package dev.nofate.billing.webhook;

/**
 * An event that was given up on.
 *
 * @param eventId {@code evt_…}
 * @param type for instance {@code invoice.paid}
 * @param attempts how often it was worked on
 * @param receivedAt when it was stored, RFC 3339 UTC
 * @param parkedReason what was observed at the last attempt
 */
public record ParkedEvent(
    String eventId, String type, int attempts, String receivedAt, String parkedReason) {}
