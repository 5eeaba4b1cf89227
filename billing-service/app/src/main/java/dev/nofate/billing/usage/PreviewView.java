package dev.nofate.billing.usage;

import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.billing.usage.MonthFacts.Month;
import dev.nofate.gate.contract.TenantId;

/**
 * What the current month comes to so far, tax not included.
 *
 * @param tenantId whose
 * @param period the month, {@code YYYY-MM}
 * @param from first instant of the month, RFC 3339 UTC
 * @param to first instant of the next month
 * @param currency ISO 4217 in lower case
 * @param units units of closed periods and of the open one
 * @param carriedInNanousd what the months before leave of a cent
 * @param closedNanousd cost of the ledger entries in 10⁻⁹ US dollars
 * @param openNanousd cost of what came after the last entry, at today's prices
 * @param amountCents whole cents of the three together
 * @param carriedOutNanousd what they leave of a cent
 * @param reportedCents of these, reported to the payment provider
 */
public record PreviewView(
    TenantId tenantId,
    String period,
    String from,
    String to,
    String currency,
    UsageUnits units,
    long carriedInNanousd,
    long closedNanousd,
    long openNanousd,
    long amountCents,
    long carriedOutNanousd,
    long reportedCents) {

  private static final long NANOUSD_PER_CENT = 10_000_000;

  static PreviewView of(Month facts) {
    long due =
        Math.addExact(
            Math.addExact(facts.carriedInNanousd(), facts.closed().costNanousd()),
            facts.open().costNanousd());
    return new PreviewView(
        facts.tenant(),
        facts.month().toString(),
        Rfc3339.text(facts.month().from()),
        Rfc3339.text(facts.month().to()),
        "usd",
        facts.closed().units().plus(facts.open().units()),
        facts.carriedInNanousd(),
        facts.closed().costNanousd(),
        facts.open().costNanousd(),
        due / NANOUSD_PER_CENT,
        due % NANOUSD_PER_CENT,
        facts.closed().reportedCents());
  }
}
