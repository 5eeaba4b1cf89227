package dev.nofate.billing.contract;

import dev.nofate.gate.contract.TenantId;
import java.util.Map;
import java.util.UUID;

/**
 * An audit event that billing-service owes the log. It is written in the transaction that changed
 * the state, and relayed by invoice-worker with {@code id} as append id, so that it enters the
 * chain exactly once.
 *
 * @param id append id
 * @param tenant whose chain
 * @param type wire name of the event type
 * @param subject what it happened to, or null
 * @param payload codes, counts and digests
 */
public record OutboxEvent(
    UUID id, TenantId tenant, String type, UUID subject, Map<String, Object> payload) {}
