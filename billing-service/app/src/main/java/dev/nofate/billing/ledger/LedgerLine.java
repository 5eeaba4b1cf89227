package dev.nofate.billing.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.billing.contract.UsageReport;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.TenantId;

/**
 * A ledger entry as its tenant sees it: everything needed to add it again.
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
 * @param fractionIn carried in from the entry before, in 1/1,048,576 nano-dollars
 * @param costNanousd cost in 10⁻⁹ US dollars
 * @param fractionOut carried to the next entry, in 1/1,048,576 nano-dollars
 * @param usageHash {@code sha256:} of the entry's canonical form
 * @param filedAt RFC 3339 UTC
 * @param reported what was reported to the payment provider; null while not reported
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LedgerLine(
    TenantId tenant,
    long entryNo,
    String periodStart,
    String periodEnd,
    long firstSeq,
    long lastSeq,
    String lastHash,
    UsageUnits units,
    long priceVersion,
    int fractionIn,
    long costNanousd,
    int fractionOut,
    String usageHash,
    String filedAt,
    UsageReport reported) {

  public static LedgerLine of(Entry entry) {
    return new LedgerLine(
        entry.tenant(),
        entry.entryNo(),
        Rfc3339.text(entry.periodStart()),
        Rfc3339.text(entry.periodEnd()),
        entry.firstSeq(),
        entry.lastSeq(),
        entry.lastHash(),
        entry.units(),
        entry.priceVersion(),
        entry.fractionIn(),
        entry.rated().costNanousd(),
        entry.rated().fractionOut(),
        entry.usageHash(),
        Rfc3339.text(entry.filedAt()),
        entry.reported());
  }
}
