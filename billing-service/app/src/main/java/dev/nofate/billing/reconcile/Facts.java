package dev.nofate.billing.reconcile;

import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.ledger.LedgerSums.Sum;
import java.time.Instant;

/**
 * What is known of a tenant's period, from every source.
 *
 * @param ledger sums of the ledger's entries and their reports
 * @param carriedIn nano-dollars that the entries before left of a cent
 * @param carriedOut nano-dollars that the last report handed on; the same as carried in without one
 * @param counted what the entries' chain ranges hold
 * @param billed what the payment provider did with it
 */
record Facts(Sum ledger, long carriedIn, long carriedOut, Counted counted, Billed billed) {

  static final long NANOUSD_PER_CENT = 10_000_000;

  /**
   * Counts of chain ranges.
   *
   * @param entries how many entries were counted
   * @param answered gate-service's answers in their ranges
   * @param emitted {@code response_emitted} in their ranges
   * @param units sums over {@code usage_recorded} in their ranges
   * @param sameHash how many of them end with the event that they were filed with
   * @param oldestAt when the oldest of the counts was made; null without one
   * @param end how far the newest count that saw it found answers and log to reach; null without
   *     one
   */
  record Counted(
      long entries,
      long answered,
      long emitted,
      UsageUnits units,
      long sameHash,
      Instant oldestAt,
      End end) {}

  /**
   * How far a tenant's answers and its log reach. The log reaches at least as far.
   *
   * @param lastPlace the last place in the chain that a stored answer has
   * @param logEnd events in the chain
   */
  record End(long lastPlace, long logEnd) {}

  /**
   * What the payment provider did.
   *
   * @param reportedCents cents of the reports that it bills
   * @param refused reported entries that its meter did not count
   * @param meteredReports reports of at least a cent that were metered
   * @param meteredLines metered lines of finalised invoices
   * @param meteredCents their cents
   * @param itemReports reports of at least a cent that were added as invoice items
   * @param itemLines items of finalised invoices that name usage of the period
   * @param itemCents their cents
   */
  record Billed(
      long reportedCents,
      long refused,
      long meteredReports,
      long meteredLines,
      long meteredCents,
      long itemReports,
      long itemLines,
      long itemCents) {

    /** Whether everything that was reported can stand on the invoices that were looked at. */
    boolean isComplete() {
      return (meteredReports == 0 || meteredLines > 0) && itemLines >= itemReports;
    }
  }

  boolean isCounted() {
    return counted.entries() == ledger.entries();
  }

  boolean isReported() {
    return ledger.reports() == ledger.entries();
  }

  long dueNanousd() {
    return Math.addExact(carriedIn, ledger.costNanousd());
  }
}
