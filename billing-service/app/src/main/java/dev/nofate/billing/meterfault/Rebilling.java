package dev.nofate.billing.meterfault;

import dev.nofate.billing.item.InvoiceItems;
import dev.nofate.billing.meterfault.MeterFaultStore.EntryKey;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
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

/** Has usage that was not counted billed as items of the next invoice, once. */
@ApplicationScoped
public class Rebilling {

  /** Stripe names far fewer events of a fault. */
  private static final int MOST_ENTRIES = 1000;

  private final Transactions transactions;
  private final MeterFaultStore store;
  private final InvoiceItems items;
  private final Outbox outbox;
  private final DatabaseClock clock;

  public Rebilling(
      Transactions transactions,
      MeterFaultStore store,
      InvoiceItems items,
      Outbox outbox,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.items = items;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Ends a fault. With rebill every event that was not counted has to be known as an entry: 409
   * otherwise, and nothing is billed.
   *
   * @param found usage hashes that the operator knows of it besides
   */
  Uni<Void> settle(String event, boolean rebill, List<String> found, String reason, UUID actor) {
    return Transactions.detached(
        transactions
            .run(Purpose.METER_FAULTS, connection -> known(connection, event, found))
            .invoke(
                known -> {
                  if (rebill) {
                    known.requireAll();
                  }
                })
            .map(Known::entries)
            .call(entries -> rebill ? bill(entries) : Uni.createFrom().voidItem())
            .flatMap(
                entries ->
                    transactions.run(
                        connection -> settle(connection, event, entries, rebill, reason, actor))));
  }

  private Uni<Known> known(SqlConnection connection, String event, List<String> found) {
    return store
        .errorsOfOpen(connection, event)
        .map(open -> open.orElseThrow(ProblemException::notFound))
        .call(errors -> store.link(connection, event, found))
        .flatMap(
            errors ->
                store
                    .entries(connection, event, MOST_ENTRIES)
                    .map(entries -> new Known(errors, entries)));
  }

  private Uni<Void> bill(List<EntryKey> entries) {
    return Multi.createFrom()
        .iterable(entries)
        .onItem()
        .transformToUniAndConcatenate(key -> items.bill(key.tenant(), key.entryNo()))
        .onItem()
        .ignoreAsUni();
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
        .call(now -> store.settle(connection, event, rebill, reason, now))
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

  /** What the provider says of a fault, and what is known here. */
  private record Known(long errors, List<EntryKey> entries) {

    void requireAll() {
      if (entries.size() < Math.max(1, errors)) {
        throw new ProblemException(
            ErrorCode.CONFLICT,
            "%d events were not counted, %d ledger entries are known of them"
                .formatted(errors, entries.size()));
      }
    }
  }
}
