package dev.nofate.billing.report;

import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.contract.UsageReport;
import dev.nofate.billing.ledger.Entry;
import dev.nofate.billing.ledger.EntryReporter;
import dev.nofate.billing.ledger.LedgerStore;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.Receipt;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reports entries in order. What is to be reported follows from immutable rows alone, so two
 * workers at once ask the provider for the same thing under the same identifier, and one of them
 * records the answer. No transaction is open while the provider is asked.
 */
@Startup
@ApplicationScoped
public class UsageReporting implements EntryReporter {

  private final Transactions transactions;
  private final Accounts accounts;
  private final AccountStore accountStore;
  private final LedgerStore ledger;
  private final ReportStore reports;
  private final PaymentProvider provider;
  private final Delivery delivery;
  private final Outbox outbox;
  private final DatabaseClock clock;
  private final Counter reportedCents;

  public UsageReporting(
      Transactions transactions,
      Accounts accounts,
      AccountStore accountStore,
      LedgerStore ledger,
      ReportStore reports,
      PaymentProvider provider,
      Delivery delivery,
      Outbox outbox,
      DatabaseClock clock,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.accountStore = accountStore;
    this.ledger = ledger;
    this.reports = reports;
    this.provider = provider;
    this.delivery = delivery;
    this.outbox = outbox;
    this.clock = clock;
    this.reportedCents = metrics.counter("nofate.billing.reported.cents", "mode", provider.mode());
  }

  @Override
  public Uni<Entry> report(TenantId tenant, long entryNo) {
    return entry(tenant, entryNo)
        .flatMap(
            entry ->
                entry.reported() != null
                    ? Uni.createFrom().item(entry)
                    : Transactions.detached(deliver(entry)));
  }

  /** Records a held entry as delivered, on an operator's word. */
  Uni<Void> settle(TenantId tenant, long entryNo, String reference) {
    return entry(tenant, entryNo)
        .flatMap(
            entry ->
                carriedIn(entry)
                    .flatMap(
                        carried ->
                            record(
                                entry,
                                CarriedCents.of(entry.rated().costNanousd(), carried),
                                new Receipt(reference))));
  }

  private Uni<Entry> deliver(Entry entry) {
    return Uni.combine()
        .all()
        .unis(accounts.requireOpen(entry.tenant()), carriedIn(entry))
        .asTuple()
        .flatMap(
            facts -> {
              CarriedCents cents = CarriedCents.of(entry.rated().costNanousd(), facts.getItem2());
              return delivery
                  .deliver(facts.getItem1(), entry, cents.quantityCents())
                  .flatMap(receipt -> record(entry, cents, receipt));
            })
        .flatMap(done -> entry(entry.tenant(), entry.entryNo()));
  }

  private Uni<Entry> entry(TenantId tenant, long entryNo) {
    return transactions
        .run(tenant, connection -> ledger.find(connection, tenant, entryNo))
        .map(found -> found.orElseThrow(ProblemException::notFound));
  }

  private Uni<Long> carriedIn(Entry entry) {
    if (entry.entryNo() == 1) {
      return Uni.createFrom().item(0L);
    }
    return entry(entry.tenant(), entry.entryNo() - 1)
        .map(
            before ->
                Optional.ofNullable(before.reported())
                    .map(UsageReport::carriedOutNanousd)
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                ErrorCode.CONFLICT, "The entry before is not reported")));
  }

  /** Records that an entry was delivered, once. */
  private Uni<Void> record(Entry entry, CarriedCents cents, Receipt receipt) {
    return transactions
        .run(
            entry.tenant(),
            connection ->
                accountStore
                    .lock(connection, entry.tenant())
                    .flatMap(account -> clock.now(connection))
                    .flatMap(now -> record(connection, entry, cents, receipt, now)))
        .invoke(recorded -> reportedCents.increment(recorded ? cents.quantityCents() : 0))
        .replaceWithVoid();
  }

  private Uni<Boolean> record(
      SqlConnection connection, Entry entry, CarriedCents cents, Receipt receipt, Instant now) {
    return reports
        .insert(connection, entry, cents, mode(entry), receipt.reference(), now)
        .flatMap(
            recorded ->
                (recorded
                        ? outbox.add(
                            connection,
                            entry.tenant(),
                            "usage_reported",
                            payload(entry, cents),
                            now)
                        : Uni.createFrom().voidItem())
                    .replaceWith(recorded));
  }

  /** What is reported to nobody counts as recorded, not as told to Stripe. */
  private String mode(Entry entry) {
    return entry.tenant().equals(TenantId.OPERATOR) ? "mock" : provider.mode();
  }

  private Map<String, Object> payload(Entry entry, CarriedCents cents) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("entry_no", entry.entryNo());
    payload.put("period_start", Rfc3339.text(entry.periodStart()));
    payload.put("period_end", Rfc3339.text(entry.periodEnd()));
    payload.put("first_seq", entry.firstSeq());
    payload.put("last_seq", entry.lastSeq());
    payload.put("price_version", entry.priceVersion());
    payload.put("cost_nanousd", entry.rated().costNanousd());
    payload.put("quantity_cents", cents.quantityCents());
    payload.put("carried_in_nanousd", cents.carriedInNanousd());
    payload.put("carried_out_nanousd", cents.carriedOutNanousd());
    payload.put("usage_hash", entry.usageHash());
    payload.put("mode", mode(entry));
    return payload;
  }
}
