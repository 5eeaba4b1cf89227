package dev.nofate.billing.webhook;

import dev.nofate.billing.contract.SettlementApi.About;
import dev.nofate.billing.contract.SettlementApi.ClaimRequest;
import dev.nofate.billing.contract.StripeEventClaim;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.webhook.StripeEventStore.Progress;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The life of a stored event: waiting, leased, done, or parked with a reason. */
@ApplicationScoped
public class StripeEvents {

  private static final int MOST_AT_ONCE = 100;
  private static final long SHORTEST_LEASE_MS = 100;
  private static final long LONGEST_LEASE_MS = 3_600_000;
  private static final int LONGEST_WORKER = 200;
  private static final int LONGEST_REASON = 500;

  private final Transactions transactions;
  private final StripeEventStore store;
  private final ParkedEventStore parkedStore;
  private final Outbox outbox;
  private final DatabaseClock clock;
  private final int maxAttempts;
  private final BackOff backOff;
  private final Counter stored;
  private final Counter repeated;
  private final Counter parked;

  public StripeEvents(
      Transactions transactions,
      StripeEventStore store,
      ParkedEventStore parkedStore,
      Outbox outbox,
      DatabaseClock clock,
      WebhookConfig config,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.store = store;
    this.parkedStore = parkedStore;
    this.outbox = outbox;
    this.clock = clock;
    this.maxAttempts = config.maxAttempts();
    this.backOff = new BackOff(config.backOff(), config.longestBackOff());
    this.stored = metrics.counter("nofate.billing.webhook.events.stored");
    this.repeated = metrics.counter("nofate.billing.webhook.events.repeated");
    this.parked = metrics.counter("nofate.billing.webhook.events.parked");
  }

  /**
   * Stores an event; one that is there stays as it is. Either way it is as durable as a commit is
   * when this ends: Stripe does not send again what was answered.
   */
  Uni<Void> store(StripeEvent event) {
    return transactions
        .run(
            connection ->
                clock
                    .now(connection)
                    .flatMap(now -> store.insert(connection, event, now))
                    .call(
                        first ->
                            first
                                ? Uni.createFrom().voidItem()
                                : Transactions.confirmed(connection)))
        .invoke(first -> (first ? stored : repeated).increment())
        .replaceWithVoid();
  }

  /**
   * Leases events to a worker.
   *
   * @param about which ones; null means all
   */
  public Uni<List<StripeEventClaim>> claim(About about, ClaimRequest request) {
    if (!isWellFormed(request)) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The claim is not well-formed");
    }
    return transactions.run(
        connection -> clock.now(connection).flatMap(now -> claim(connection, about, request, now)));
  }

  /** The work of an event is done; 404 when there is none of this id. */
  public Uni<Void> complete(String eventId) {
    return transactions.run(
        connection ->
            store
                .lock(connection, eventId)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .flatMap(found -> store.complete(connection, eventId)));
  }

  /**
   * An attempt failed: the event waits, or is parked after the last attempt. Nothing happens when
   * nobody works on it any more. 404 when there is none of this id.
   *
   * @param permanent whether this was the last attempt, however many there were
   */
  public Uni<Void> fail(String eventId, String reason, boolean permanent) {
    String told = reason == null || reason.isBlank() ? "no reason was given" : reason;
    String kept = told.substring(0, Math.min(told.length(), LONGEST_REASON)).replace('\0', ' ');
    return transactions.run(
        connection ->
            store
                .lock(connection, eventId)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .flatMap(
                    found ->
                        found.leased()
                            ? failed(connection, eventId, found.attempts(), kept, permanent)
                            : Uni.createFrom().voidItem()));
  }

  /**
   * Lets a parked or finished event wait as if it had just arrived; 404 when there is none of this
   * id.
   */
  Uni<Void> replay(String eventId, UUID actor) {
    return transactions.run(
        TenantId.OPERATOR,
        connection ->
            store
                .lock(connection, eventId)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .flatMap(
                    found ->
                        clock
                            .now(connection)
                            .flatMap(now -> replay(connection, eventId, found, actor, now))));
  }

  /** Audited in the operator's own chain: whose an event is turns out when it is worked off. */
  private Uni<Void> replay(
      SqlConnection connection, String eventId, Progress before, UUID actor, Instant now) {
    return parkedStore
        .replay(connection, eventId, now)
        .flatMap(
            waits ->
                waits
                    ? outbox.add(
                        connection,
                        TenantId.OPERATOR,
                        "admin_action",
                        Map.of(
                            "action", "webhook_replayed",
                            "actor", actor.toString(),
                            "event_id", eventId,
                            "before", Map.of("attempts", before.attempts()),
                            "after", Map.of("attempts", 0)),
                        now)
                    : Uni.createFrom().voidItem());
  }

  private Uni<List<StripeEventClaim>> claim(
      SqlConnection connection, About about, ClaimRequest request, Instant now) {
    return store
        .parkExhausted(connection, now, maxAttempts)
        .invoke(exhausted -> parked.increment(exhausted))
        .flatMap(
            exhausted ->
                store.claim(
                    connection,
                    about,
                    now,
                    now.plusMillis(request.leaseMs()),
                    request.worker(),
                    request.limit()));
  }

  private Uni<Void> failed(
      SqlConnection connection, String eventId, int attempts, String reason, boolean permanent) {
    if (permanent || attempts >= maxAttempts) {
      return store.park(connection, eventId, reason).invoke(done -> parked.increment());
    }
    return clock
        .now(connection)
        .flatMap(
            now -> store.retry(connection, eventId, now.plus(backOff.after(attempts)), reason));
  }

  private static boolean isWellFormed(ClaimRequest request) {
    return request != null
        && request.worker() != null
        && !request.worker().isBlank()
        && request.worker().length() <= LONGEST_WORKER
        && request.limit() >= 1
        && request.limit() <= MOST_AT_ONCE
        && request.leaseMs() >= SHORTEST_LEASE_MS
        && request.leaseMs() <= LONGEST_LEASE_MS;
  }
}
