package dev.nofate.billing.contract;

import dev.nofate.gate.contract.TenantId;

/**
 * What the meter worker files for a closed period: a contiguous range of one chain and its units.
 *
 * @param tenant whose usage
 * @param periodStart inclusive, RFC 3339 UTC
 * @param periodEnd exclusive, RFC 3339 UTC
 * @param firstSeq first event of the range: one more than the last entry's {@code lastSeq}
 * @param lastSeq last event of the range
 * @param lastHash hash of the event at {@code lastSeq}, 64 hexadecimal digits
 * @param units the range's units
 */
public record LedgerEntryDraft(
    TenantId tenant,
    String periodStart,
    String periodEnd,
    long firstSeq,
    long lastSeq,
    String lastHash,
    UsageUnits units) {}
