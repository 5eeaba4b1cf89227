package dev.nofate.billing.ledger;

import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.price.PriceBook;
import dev.nofate.billing.price.Prices;
import dev.nofate.billing.price.Rating;
import dev.nofate.billing.price.Rating.Rated;
import dev.nofate.billing.time.BillingMonth;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Files drafts as entries. The account's row lock puts the filings of a tenant one behind the
 * other; the constraints of the table would refuse whatever got past it.
 */
@Startup
@ApplicationScoped
public class Filing {

  private final Transactions transactions;
  private final AccountStore accounts;
  private final LedgerStore ledger;
  private final LedgerSums sums;
  private final PriceBook book;
  private final DatabaseClock clock;
  private final Counter filedNanousd;

  public Filing(
      Transactions transactions,
      AccountStore accounts,
      LedgerStore ledger,
      LedgerSums sums,
      PriceBook book,
      DatabaseClock clock,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.ledger = ledger;
    this.sums = sums;
    this.book = book;
    this.clock = clock;
    this.filedNanousd = metrics.counter("nofate.billing.filed.nanousd");
  }

  /**
   * The entry of the draft, filed now or before; 404 without an account, 409 when it does not fit.
   */
  Uni<Entry> file(Draft draft) {
    return transactions
        .run(draft.tenant(), connection -> file(connection, draft))
        .invoke(filed -> filedNanousd.increment(filed.countsNanousd()))
        .map(Filed::entry);
  }

  private Uni<Filed> file(SqlConnection connection, Draft draft) {
    return accounts
        .lock(connection, draft.tenant())
        .map(account -> account.orElseThrow(ProblemException::notFound))
        .flatMap(account -> ledger.startingAt(connection, draft.tenant(), draft.firstSeq()))
        .flatMap(
            existing ->
                existing.isPresent()
                    ? Uni.createFrom().item(new Filed(same(existing.get(), draft), false))
                    : append(connection, draft).map(entry -> new Filed(entry, true)));
  }

  private Uni<Entry> append(SqlConnection connection, Draft draft) {
    return Uni.combine()
        .all()
        .unis(
            ledger.last(connection, draft.tenant()),
            book.at(connection, draft.tenant(), draft.periodStart()),
            sums.between(
                connection,
                draft.tenant(),
                BillingMonth.of(draft.periodStart()).from(),
                draft.periodStart()),
            clock.now(connection))
        .asTuple()
        .map(
            facts ->
                next(
                    draft,
                    facts.getItem1(),
                    new Terms(facts.getItem2(), facts.getItem3().units()),
                    facts.getItem4()))
        .call(next -> ledger.insert(connection, next.entry(), next.previous()))
        .map(Next::entry);
  }

  private static Entry same(Entry entry, Draft draft) {
    if (!entry.isOf(draft)) {
      throw conflict("Another entry starts at this first_seq");
    }
    return entry;
  }

  private static Next next(Draft draft, Optional<Entry> last, Terms terms, Instant now) {
    long covered = last.map(Entry::lastSeq).orElse(0L);
    if (draft.firstSeq() <= covered) {
      throw conflict("The range overlaps the ledger, which reaches to " + covered);
    }
    if (draft.firstSeq() != covered + 1) {
      throw conflict("The range leaves a gap behind the ledger, which reaches to " + covered);
    }
    if (last.isPresent() && draft.periodStart().isBefore(last.get().periodEnd())) {
      throw conflict("The period starts before the last entry's period ends");
    }
    long entryNo = last.map(Entry::entryNo).orElse(0L) + 1;
    int fractionIn = last.map(entry -> entry.rated().fractionOut()).orElse(0);
    Rated rated = rate(draft, terms, fractionIn);
    long priceVersion = terms.prices().version();
    Entry entry =
        new Entry(
            draft.tenant(),
            entryNo,
            draft.periodStart(),
            draft.periodEnd(),
            draft.firstSeq(),
            draft.lastSeq(),
            draft.lastHash(),
            draft.units(),
            priceVersion,
            fractionIn,
            rated,
            UsageHash.of(draft, entryNo, priceVersion, rated.costNanousd()),
            now,
            null);
    return new Next(entry, last);
  }

  private static Rated rate(Draft draft, Terms terms, int fractionIn) {
    try {
      return Rating.rate(terms.before(), draft.units(), terms.prices(), fractionIn);
    } catch (ArithmeticException e) {
      throw new ProblemException(
          ErrorCode.UNPROCESSABLE, "The cost of the units exceeds 2^53-1 nano-dollars");
    }
  }

  private static ProblemException conflict(String observed) {
    return new ProblemException(ErrorCode.CONFLICT, observed);
  }

  /** What an entry is rated by: its prices, and the month's units before it. */
  private record Terms(Prices prices, UsageUnits before) {}

  /** An entry, and whether this call filed it. */
  private record Filed(Entry entry, boolean now) {
    long countsNanousd() {
      return now ? entry.rated().costNanousd() : 0;
    }
  }

  private record Next(Entry entry, Optional<Entry> previous) {}
}
