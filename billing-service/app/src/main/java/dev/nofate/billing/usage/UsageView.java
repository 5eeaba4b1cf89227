package dev.nofate.billing.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.billing.usage.MonthFacts.Month;
import dev.nofate.gate.contract.TenantId;

/**
 * A calendar month's usage so far.
 *
 * @param tenantId whose
 * @param from first instant of the month, RFC 3339 UTC
 * @param to first instant of the next month
 * @param currency ISO 4217 in lower case
 * @param closed what ledger entries of the month hold: this is billed
 * @param open what came after the last entry, as last observed: a preview
 * @param totalCostNanousd cost of both in 10⁻⁹ US dollars
 */
public record UsageView(
    TenantId tenantId,
    String from,
    String to,
    String currency,
    ClosedUsage closed,
    OpenUsageView open,
    long totalCostNanousd) {

  static UsageView of(Month facts) {
    return new UsageView(
        facts.tenant(),
        Rfc3339.text(facts.month().from()),
        Rfc3339.text(facts.month().to()),
        "usd",
        new ClosedUsage(
            facts.closed().entries(), facts.closed().units(), facts.closed().costNanousd()),
        facts.open(),
        Math.addExact(facts.closed().costNanousd(), facts.open().costNanousd()));
  }

  /**
   * What the ledger holds of the month.
   *
   * @param entries number of ledger entries
   * @param units their units
   * @param costNanousd their cost in 10⁻⁹ US dollars
   */
  public record ClosedUsage(long entries, UsageUnits units, long costNanousd) {}

  /**
   * What came after the ledger.
   *
   * @param afterSeq last chain event that the ledger covers
   * @param throughSeq last chain event counted
   * @param observedAt when it was counted, RFC 3339 UTC; null when nothing was counted yet
   * @param units the units between the two
   * @param priceVersion version of the price book they are rated with
   * @param costNanousd their cost at today's prices in 10⁻⁹ US dollars
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record OpenUsageView(
      long afterSeq,
      long throughSeq,
      String observedAt,
      UsageUnits units,
      long priceVersion,
      long costNanousd) {}
}
