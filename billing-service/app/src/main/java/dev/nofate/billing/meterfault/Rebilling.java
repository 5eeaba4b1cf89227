package dev.nofate.billing.meterfault;

import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.ledger.LedgerStore;
import dev.nofate.billing.meterfault.MeterFaultStore.EntryKey;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.Usage;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Has usage that was not counted billed as items of the next invoice. An item is looked up by its
 * usage hash before it is added, so doing this again, or after dying in the middle, bills nothing
 * twice.
 */
@ApplicationScoped
public class Rebilling {

  /** Stripe names far fewer events of a fault. */
  private static final int MOST_ENTRIES = 1000;

  private final Transactions transactions;
  private final MeterFaultStore store;
  private final Accounts accounts;
  private final LedgerStore ledger;
  private final PaymentProvider provider;
  private final Outbox outbox;
  private final DatabaseClock clock;

  public Rebilling(
      Transactions transactions,
      MeterFaultStore store,
      Accounts accounts,
      LedgerStore ledger,
      PaymentProvider provider,
      Outbox outbox,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.accounts = accounts;
    this.ledger = ledger;
    this.provider = provider;
    this.outbox = outbox;
    this.clock = clock;
  }

  Uni<Void> settle(String event, boolean rebill, String reason, UUID actor) {
    return Transactions.detached(
        transactions
            .run(connection -> requireOpen(connection, event))
            .flatMap(
                open ->
                    transactions.run(
                        Purpose.METER_FAULTS,
                        connection -> store.entries(connection, event, MOST_ENTRIES)))
            .call(entries -> rebill ? bill(entries) : Uni.createFrom().voidItem())
            .flatMap(
                entries ->
                    transactions.run(
                        connection -> settle(connection, event, entries, rebill, reason, actor))));
  }

  private Uni<Void> requireOpen(SqlConnection connection, String event) {
    return store
        .isOpen(connection, event)
        .invoke(
            open -> {
              if (!open) {
                throw ProblemException.notFound();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> bill(List<EntryKey> entries) {
    return Multi.createFrom()
        .iterable(entries)
        .onItem()
        .transformToUniAndConcatenate(this::bill)
        .onItem()
        .ignoreAsUni();
  }

  private Uni<Boolean> bill(EntryKey key) {
    return Uni.combine()
        .all()
        .unis(
            accounts.require(key.tenant()),
            transactions.run(key.tenant(), c -> ledger.find(c, key.tenant(), key.entryNo())))
        .asTuple()
        .flatMap(
            facts -> {
              var entry = facts.getItem2().orElseThrow();
              if (entry.reported() == null || entry.reported().quantityCents() == 0) {
                return Uni.createFrom().item(false);
              }
              Usage usage =
                  new Usage(
                      facts.getItem1().customerId(),
                      entry.usageHash(),
                      entry.reported().quantityCents(),
                      entry.lastSecond());
              return provider
                  .invoiceItem(usage)
                  .flatMap(
                      found ->
                          found.isPresent()
                              ? Uni.createFrom().item(false)
                              : provider.addInvoiceItem(usage).replaceWith(true));
            })
        .onFailure(failure -> !(failure instanceof ProblemException))
        .transform(
            failure ->
                new ProblemException(
                    ErrorCode.BAD_GATEWAY, "The provider: " + failure.getMessage()));
  }

  private Uni<Void> settle(
      SqlConnection connection,
      String event,
      List<EntryKey> entries,
      boolean rebill,
      String reason,
      UUID actor) {
    return clock
        .now(connection)
        .call(now -> store.settle(connection, event, reason, now))
        .flatMap(
            now ->
                Multi.createFrom()
                    .iterable(entries)
                    .onItem()
                    .transformToUniAndConcatenate(
                        key -> audit(connection, event, key, rebill, reason, actor, now))
                    .onItem()
                    .ignoreAsUni());
  }

  private Uni<Void> audit(
      SqlConnection connection,
      String event,
      EntryKey key,
      boolean rebill,
      String reason,
      UUID actor,
      Instant now) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("action", "meter_fault_settled");
    payload.put("actor", actor.toString());
    payload.put("before", Map.of("settled", false));
    payload.put("after", Map.of("settled", true));
    payload.put("event_id", event);
    payload.put("entry_no", key.entryNo());
    payload.put("rebilled", rebill);
    payload.put("reason", reason);
    TenantId tenant = key.tenant();
    return Transactions.become(connection, tenant)
        .chain(() -> outbox.add(connection, tenant, "admin_action", payload, now));
  }
}
