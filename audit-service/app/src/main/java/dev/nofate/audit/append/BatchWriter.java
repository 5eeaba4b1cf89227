package dev.nofate.audit.append;

import dev.nofate.audit.append.AppendStore.Range;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.Position;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Brings one batch of a tenant into the log. The first attempt trusts the remembered head and is
 * one statement. After anything unexpected (another writer, a lost connection, a deadlock) the next
 * attempt takes the tenant's turn in the database, looks up which append ids are there, reads the
 * head, and writes the rest.
 */
final class BatchWriter {

  private static final Logger LOG = Logger.getLogger(BatchWriter.class);

  private final AppendConfig config;
  private final AppendStore store;
  private final InstantSource clock;
  private final AppendMetrics metrics;
  private final HeadMemory memory;

  BatchWriter(AppendConfig config, AppendStore store, InstantSource clock, AppendMetrics metrics) {
    this.config = config;
    this.store = store;
    this.clock = clock;
    this.metrics = metrics;
    this.memory = new HeadMemory(config);
  }

  /** Answers every append of the batch; never fails itself. */
  Uni<Void> write(UUID tenant, List<Pending> batch) {
    return BatchTrace.around(batch, () -> attempt(tenant, batch, 1));
  }

  private Uni<Void> attempt(UUID tenant, List<Pending> batch, int number) {
    boolean trusting = number == 1 && !memory.isShared(tenant);
    return Uni.createFrom()
        .deferred(() -> trusting ? trusting(tenant, batch) : inTurn(tenant, batch))
        .ifNoItem()
        .after(config.attemptTimeout())
        .fail()
        .onFailure()
        .recoverWithUni(failure -> failed(tenant, batch, number, failure));
  }

  private Uni<Void> trusting(UUID tenant, List<Pending> batch) {
    return memory
        .head(tenant)
        .map(head -> Uni.createFrom().item(head))
        .orElseGet(() -> store.head(tenant))
        .map(head -> Plan.of(head, batch, Set.of(), clock.instant()))
        .chain(plan -> store.insert(tenant, plan).invoke(() -> written(tenant, plan)));
  }

  private Uni<Void> inTurn(UUID tenant, List<Pending> batch) {
    List<UUID> ids = batch.stream().map(pending -> pending.draft().appendId()).distinct().toList();
    return store
        .inTurn(
            tenant,
            transaction ->
                store
                    .known(transaction, tenant, ids)
                    .chain(known -> writeRest(transaction, tenant, batch, known)))
        .invoke(
            outcome -> {
              written(tenant, outcome.plan());
              outcome
                  .plan()
                  .known()
                  .forEach(
                      pending ->
                          pending.replayed(outcome.recorded().get(pending.draft().appendId())));
            })
        .replaceWithVoid();
  }

  private record Outcome(Plan plan, Map<UUID, List<Entry>> recorded) {}

  private Uni<Outcome> writeRest(
      SqlClient transaction, UUID tenant, List<Pending> batch, Map<UUID, Range> known) {
    Map<UUID, List<Entry>> recorded = new HashMap<>();
    Uni<Position> head =
        Multi.createFrom()
            .iterable(known.values())
            .onItem()
            .transformToUniAndConcatenate(
                range ->
                    store
                        .recorded(transaction, tenant, range)
                        .invoke(entries -> recorded.put(range.appendId(), entries)))
            .onItem()
            .ignoreAsUni()
            .chain(() -> store.head(transaction, tenant));
    return head.map(end -> Plan.of(end, batch, known.keySet(), clock.instant()))
        .chain(
            plan ->
                insertOrConfirm(transaction, tenant, plan)
                    .replaceWith(new Outcome(plan, recorded)));
  }

  /** What is only found there is as durable as what is written, before it is answered. */
  private Uni<Void> insertOrConfirm(SqlClient transaction, UUID tenant, Plan plan) {
    return plan.writes().isEmpty() && !plan.known().isEmpty()
        ? store.confirmed(transaction)
        : store.insert(transaction, tenant, plan);
  }

  private void written(UUID tenant, Plan plan) {
    memory.remember(tenant, plan.head());
    metrics.written(plan);
    plan.writes().forEach(Plan.Write::complete);
    plan.early()
        .forEach(
            pending ->
                pending.refused(
                    new Refusal(
                        Refusal.Reason.TOO_EARLY,
                        Duration.between(clock.instant(), pending.draft().notBefore()))));
  }

  private Uni<Void> failed(UUID tenant, List<Pending> batch, int number, Throwable thrown) {
    Failure failure = Failure.of(thrown);
    metrics.failed(failure);
    memory.forget(tenant);
    if (thrown instanceof HeadGoneException gone) {
      LOG.error(gone.getMessage());
    }
    if (failure == Failure.CONFLICT) {
      memory.metAnotherWriter(tenant);
    }
    if (failure == Failure.PERMANENT || number >= config.attempts()) {
      LOG.errorf("%d appends were not confirmed: %s", batch.size(), described(thrown));
      Refusal refusal = new Refusal(Refusal.Reason.NOT_CONFIRMED, config.retryAfter());
      batch.forEach(pending -> pending.refused(refusal));
      return Uni.createFrom().voidItem();
    }
    Uni<Void> pause = Uni.createFrom().voidItem();
    if (failure == Failure.TRANSIENT) {
      LOG.warnf("attempt %d to append failed: %s", number, described(thrown));
      pause = pause.onItem().delayIt().by(jittered(number));
    }
    return pause.chain(() -> attempt(tenant, batch, number + 1));
  }

  /** Between nothing and the backoff's present length, so that replicas do not return together. */
  private Duration jittered(int number) {
    long limit =
        Math.min(
            config.backoffLimit().toMillis(),
            config.backoff().toMillis() << Math.min(number - 1, 20));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, Math.max(2, limit + 1)));
  }

  /** A database's message may quote a row, so the log gets the kind of the failure alone. */
  private static String described(Throwable thrown) {
    return thrown instanceof io.vertx.pgclient.PgException refused
        ? "SQLSTATE " + refused.getSqlState()
        : thrown.getClass().getName();
  }
}
