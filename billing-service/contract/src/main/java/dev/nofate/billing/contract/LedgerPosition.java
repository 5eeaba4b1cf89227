package dev.nofate.billing.contract;

import dev.nofate.gate.contract.TenantId;

/**
 * How far a tenant's ledger covers its chain.
 *
 * @param tenant whose ledger
 * @param entries number of entries
 * @param lastSeq last chain event covered; 0 when none
 * @param lastPeriodEnd end of the last period, RFC 3339 UTC, or null
 * @param unreportedEntries entry numbers not yet reported, oldest first, at most 100
 */
public record LedgerPosition(
    TenantId tenant,
    long entries,
    long lastSeq,
    String lastPeriodEnd,
    java.util.List<Long> unreportedEntries) {}
