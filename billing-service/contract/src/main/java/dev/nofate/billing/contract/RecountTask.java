package dev.nofate.billing.contract;

import dev.nofate.gate.contract.TenantId;

/**
 * An entry whose chain range is to be counted.
 *
 * @param tenant whose entry
 * @param entryNo which
 * @param firstSeq first event of its range
 * @param lastSeq last event of its range
 */
public record RecountTask(TenantId tenant, long entryNo, long firstSeq, long lastSeq) {}
