package dev.nofate.billing.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.gate.contract.TenantId;

/**
 * A filed entry: immutable.
 *
 * @param tenant whose usage
 * @param entryNo counts the tenant's entries from 1
 * @param periodStart inclusive, RFC 3339 UTC
 * @param periodEnd exclusive, RFC 3339 UTC
 * @param firstSeq first event of the chain range
 * @param lastSeq last event of the chain range
 * @param lastHash hash of the event at {@code lastSeq}
 * @param units the range's units
 * @param priceVersion version of the price book it was rated with
 * @param costNanousd cost in 10⁻⁹ US dollars, exact
 * @param usageHash {@code sha256:} of the entry's canonical form
 * @param filedAt RFC 3339 UTC
 * @param reported what was reported to the payment provider; null while not reported
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LedgerEntry(
    TenantId tenant,
    long entryNo,
    String periodStart,
    String periodEnd,
    long firstSeq,
    long lastSeq,
    String lastHash,
    UsageUnits units,
    long priceVersion,
    long costNanousd,
    String usageHash,
    String filedAt,
    UsageReport reported) {}
