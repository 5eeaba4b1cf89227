package dev.nofate.billing.usage;

import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.ledger.Entry;
import dev.nofate.billing.ledger.LedgerStore;
import dev.nofate.billing.ledger.LedgerSums;
import dev.nofate.billing.ledger.LedgerSums.Sum;
import dev.nofate.billing.ledger.OpenUsageStore;
import dev.nofate.billing.ledger.OpenUsageStore.Observed;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.price.PriceBook;
import dev.nofate.billing.price.Prices;
import dev.nofate.billing.price.Rating;
import dev.nofate.billing.time.BillingMonth;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.billing.usage.UsageView.OpenUsageView;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * The current calendar month in UTC, read in one snapshot. A period belongs to the month it starts
 * in; open usage is shown whole, whatever month its first event fell in.
 */
@ApplicationScoped
public class MonthFacts {

  private final Transactions transactions;
  private final Accounts accounts;
  private final LedgerSums sums;
  private final LedgerStore ledger;
  private final OpenUsageStore openUsage;
  private final PriceBook book;
  private final DatabaseClock clock;

  public MonthFacts(
      Transactions transactions,
      Accounts accounts,
      LedgerSums sums,
      LedgerStore ledger,
      OpenUsageStore openUsage,
      PriceBook book,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.sums = sums;
    this.ledger = ledger;
    this.openUsage = openUsage;
    this.book = book;
    this.clock = clock;
  }

  /** The month so far; 404 without an account. */
  Uni<Month> current(TenantId tenant) {
    return accounts
        .require(tenant)
        .flatMap(
            account ->
                transactions.snapshot(
                    tenant,
                    connection ->
                        clock.now(connection).flatMap(now -> read(connection, tenant, now))));
  }

  private Uni<Month> read(SqlConnection connection, TenantId tenant, Instant now) {
    BillingMonth month = BillingMonth.of(now);
    return Uni.combine()
        .all()
        .unis(
            sums.between(connection, tenant, month.from(), month.to()),
            ledger.last(connection, tenant),
            openUsage.find(connection, tenant),
            book.at(connection, tenant, now),
            sums.carriedInto(connection, tenant, month.from()))
        .asTuple()
        .map(
            facts ->
                new Month(
                    tenant,
                    month,
                    facts.getItem1(),
                    open(facts.getItem1(), facts.getItem2(), facts.getItem3(), facts.getItem4()),
                    facts.getItem5()));
  }

  /**
   * An observation from before the last entry counts what the ledger has by now: it is left out.
   */
  private static OpenUsageView open(
      Sum closed, Optional<Entry> last, Optional<Observed> seen, Prices prices) {
    long covered = last.map(Entry::lastSeq).orElse(0L);
    int fractionIn = last.map(entry -> entry.rated().fractionOut()).orElse(0);
    Optional<Observed> fresh = seen.filter(observed -> observed.usage().afterSeq() == covered);
    UsageUnits units = fresh.map(observed -> observed.usage().units()).orElse(UsageUnits.NONE);
    return new OpenUsageView(
        covered,
        fresh.map(observed -> observed.usage().throughSeq()).orElse(covered),
        fresh.map(observed -> Rfc3339.text(observed.at())).orElse(null),
        units,
        prices.version(),
        Rating.rate(closed.units(), units, prices, fractionIn).costNanousd());
  }

  /**
   * What is known of the current month.
   *
   * @param closed sums of its ledger entries
   * @param open what came after the last entry
   * @param carriedInNanousd what the months before leave of a cent
   */
  record Month(
      TenantId tenant, BillingMonth month, Sum closed, OpenUsageView open, long carriedInNanousd) {}
}
