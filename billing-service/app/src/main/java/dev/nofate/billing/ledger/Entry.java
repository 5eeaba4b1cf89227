package dev.nofate.billing.ledger;

import dev.nofate.billing.contract.LedgerEntry;
import dev.nofate.billing.contract.UsageReport;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.price.Rating.Rated;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An entry of the ledger as it is kept.
 *
 * @param fractionIn fractions (1/1,048,576 nano-dollar) that the entry before handed on
 * @param rated cost, and the fractions handed to the next entry
 * @param reported null while not reported
 */
public record Entry(
    TenantId tenant,
    long entryNo,
    Instant periodStart,
    Instant periodEnd,
    long firstSeq,
    long lastSeq,
    String lastHash,
    UsageUnits units,
    long priceVersion,
    int fractionIn,
    Rated rated,
    String usageHash,
    Instant filedAt,
    UsageReport reported) {

  /** As the meter worker is told. */
  public LedgerEntry toContract() {
    return new LedgerEntry(
        tenant,
        entryNo,
        Rfc3339.text(periodStart),
        Rfc3339.text(periodEnd),
        firstSeq,
        lastSeq,
        lastHash,
        units,
        priceVersion,
        rated.costNanousd(),
        usageHash,
        Rfc3339.text(filedAt),
        reported);
  }

  /** The last whole second of the period: in the same month, and not before the subscription. */
  public Instant lastSecond() {
    return periodEnd.minusMillis(1).truncatedTo(ChronoUnit.SECONDS);
  }

  /** Whether this is the entry that the draft asks for. */
  boolean isOf(Draft draft) {
    return tenant.equals(draft.tenant())
        && periodStart.equals(draft.periodStart())
        && periodEnd.equals(draft.periodEnd())
        && firstSeq == draft.firstSeq()
        && lastSeq == draft.lastSeq()
        && lastHash.equals(draft.lastHash())
        && units.equals(draft.units());
  }
}
