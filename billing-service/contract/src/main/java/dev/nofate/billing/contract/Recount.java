package dev.nofate.billing.contract;

import dev.nofate.gate.contract.TenantId;

/**
 * What the chain range of an entry holds, counted anew and apart from the metering.
 *
 * @param tenant whose entry
 * @param entryNo which
 * @param firstSeq first event counted
 * @param lastSeq last event counted
 * @param lastHash hash of the event at {@code lastSeq}, as the log has it now
 * @param responsesEmitted number of {@code response_emitted} events
 * @param units sums over the {@code usage_recorded} events
 */
public record Recount(
    TenantId tenant,
    long entryNo,
    long firstSeq,
    long lastSeq,
    String lastHash,
    long responsesEmitted,
    UsageUnits units) {}
