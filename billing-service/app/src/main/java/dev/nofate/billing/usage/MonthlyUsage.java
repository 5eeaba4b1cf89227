package dev.nofate.billing.usage;

import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.ledger.Entry;
import dev.nofate.billing.ledger.LedgerStore;
import dev.nofate.billing.ledger.OpenUsageStore;
import dev.nofate.billing.ledger.OpenUsageStore.Observed;
import dev.nofate.billing.price.PriceBook;
import dev.nofate.billing.price.Prices;
import dev.nofate.billing.price.Rating;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.billing.usage.MonthStore.Closed;
import dev.nofate.billing.usage.UsageView.ClosedUsage;
import dev.nofate.billing.usage.UsageView.OpenUsageView;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The current calendar month in UTC. A period belongs to the month it starts in; open usage is
 * shown whole, whatever month its first event fell in.
 */
@ApplicationScoped
public class MonthlyUsage {

  private static final String ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";

  private final Pool pool;
  private final Accounts accounts;
  private final MonthStore months;
  private final LedgerStore ledger;
  private final OpenUsageStore openUsage;
  private final PriceBook book;
  private final DatabaseClock clock;

  public MonthlyUsage(
      Pool pool,
      Accounts accounts,
      MonthStore months,
      LedgerStore ledger,
      OpenUsageStore openUsage,
      PriceBook book,
      DatabaseClock clock) {
    this.pool = pool;
    this.accounts = accounts;
    this.months = months;
    this.ledger = ledger;
    this.openUsage = openUsage;
    this.book = book;
    this.clock = clock;
  }

  /** The month's usage so far; 404 without an account. */
  Uni<UsageView> current(TenantId tenant) {
    return accounts
        .require(tenant)
        .flatMap(
            account ->
                pool.withTransaction(
                    connection ->
                        connection
                            .query(ONE_SNAPSHOT)
                            .execute()
                            .flatMap(set -> clock.now(connection))
                            .flatMap(now -> view(connection, tenant, now))));
  }

  private Uni<UsageView> view(SqlConnection connection, TenantId tenant, Instant now) {
    YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    Instant from = start(month);
    Instant to = start(month.plusMonths(1));
    return Uni.combine()
        .all()
        .unis(
            months.sum(connection, tenant, from, to),
            ledger.last(connection, tenant),
            openUsage.find(connection, tenant),
            book.at(connection, now))
        .asTuple()
        .map(
            facts -> {
              Closed closed = facts.getItem1();
              OpenUsageView open = open(facts.getItem2(), facts.getItem3(), facts.getItem4());
              return new UsageView(
                  tenant,
                  Rfc3339.text(from),
                  Rfc3339.text(to),
                  "usd",
                  new ClosedUsage(closed.entries(), closed.units(), closed.costNanousd()),
                  open,
                  Math.addExact(closed.costNanousd(), open.costNanousd()));
            });
  }

  /**
   * An observation from before the last entry counts what the ledger has by now: it is left out.
   */
  private static OpenUsageView open(Optional<Entry> last, Optional<Observed> seen, Prices prices) {
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
        Rating.rate(units, prices, fractionIn).costNanousd());
  }

  private static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
