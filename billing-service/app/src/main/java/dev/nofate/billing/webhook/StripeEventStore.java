package dev.nofate.billing.webhook;

import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.contract.SettlementApi.About;
import dev.nofate.billing.contract.StripeEventClaim;
import dev.nofate.billing.postgres.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Stored events and who works on them. */
@ApplicationScoped
public class StripeEventStore {

  private static final String INSERT =
      """
      INSERT INTO stripe_events (event_id, type, payload, received_at, next_attempt_at)
      VALUES ($1, $2, $3, $4, $4)
      ON CONFLICT (event_id) DO NOTHING
      """;

  private static final String PARK_EXHAUSTED =
      """
      UPDATE stripe_events SET state = 'PARKED', lease_until = NULL, lease_owner = NULL,
        parked_reason = 'the lease of the last attempt ran out'
      WHERE event_id IN (
        SELECT event_id FROM stripe_events
        WHERE state = 'LEASED' AND lease_until <= $1 AND attempts >= $2
        FOR UPDATE SKIP LOCKED)
      """;

  private static final String CLAIM =
      """
      UPDATE stripe_events SET state = 'LEASED', attempts = attempts + 1, lease_until = $2,
        lease_owner = $3
      WHERE event_id IN (
        SELECT event_id FROM stripe_events
        WHERE ((state = 'PENDING' AND next_attempt_at <= $1)
            OR (state = 'LEASED' AND lease_until <= $1))
          AND ($5::boolean IS NULL OR starts_with(type, 'invoice.') = $5)
        ORDER BY arrival LIMIT $4
        FOR UPDATE SKIP LOCKED)
      RETURNING event_id, type, attempts, payload, arrival
      """;

  private static final String COMPLETE =
      """
      UPDATE stripe_events SET state = 'DONE', lease_until = NULL, lease_owner = NULL,
        parked_reason = NULL
      WHERE event_id = $1 AND state <> 'DONE'
      """;

  private static final String LOCK =
      """
      SELECT state, attempts FROM stripe_events WHERE event_id = $1 FOR UPDATE
      """;

  private static final String RETRY =
      """
      UPDATE stripe_events SET state = 'PENDING', lease_until = NULL, lease_owner = NULL,
        next_attempt_at = $2, last_failure = $3
      WHERE event_id = $1
      """;

  private static final String PARK =
      """
      UPDATE stripe_events SET state = 'PARKED', lease_until = NULL, lease_owner = NULL,
        last_failure = $2, parked_reason = $2
      WHERE event_id = $1
      """;

  /** Stores an event once; answers whether this was the first time. */
  Uni<Boolean> insert(SqlConnection connection, StripeEvent event, Instant now) {
    return connection
        .preparedQuery(INSERT)
        .execute(Tuple.of(event.id(), event.type(), event.payload(), utc(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Parks events whose last attempt never ended; answers how many. */
  Uni<Integer> parkExhausted(SqlConnection connection, Instant now, int maxAttempts) {
    return connection
        .preparedQuery(PARK_EXHAUSTED)
        .execute(Tuple.of(utc(now), maxAttempts))
        .map(rows -> rows.rowCount());
  }

  /** Leases events that wait or whose lease ran out, oldest first; null means about anything. */
  Uni<List<StripeEventClaim>> claim(
      SqlConnection connection, About about, Instant now, Instant until, String worker, int limit) {
    Boolean ofInvoices = about == null ? null : about == About.INVOICES;
    return connection
        .preparedQuery(CLAIM)
        .execute(Tuple.of(utc(now), utc(until), worker, limit, ofInvoices))
        .map(
            rows ->
                Sql.all(rows, row -> row).stream()
                    .sorted(Comparator.comparing(row -> row.getLong("arrival")))
                    .map(StripeEventStore::claim)
                    .toList());
  }

  Uni<Void> complete(SqlConnection connection, String eventId) {
    return connection.preparedQuery(COMPLETE).execute(Tuple.of(eventId)).replaceWithVoid();
  }

  Uni<Optional<Progress>> lock(SqlConnection connection, String eventId) {
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(eventId))
        .map(
            rows ->
                Sql.first(
                    rows,
                    row ->
                        new Progress(
                            row.getString("state").equals("LEASED"), row.getInteger("attempts"))));
  }

  Uni<Void> retry(SqlConnection connection, String eventId, Instant next, String reason) {
    return connection
        .preparedQuery(RETRY)
        .execute(Tuple.of(eventId, utc(next), reason))
        .replaceWithVoid();
  }

  Uni<Void> park(SqlConnection connection, String eventId, String reason) {
    return connection.preparedQuery(PARK).execute(Tuple.of(eventId, reason)).replaceWithVoid();
  }

  private static StripeEventClaim claim(Row row) {
    return new StripeEventClaim(
        row.getString("event_id"),
        row.getString("type"),
        row.getInteger("attempts"),
        row.getString("payload"));
  }

  /**
   * @param leased whether somebody works on it
   * @param attempts claims so far
   */
  record Progress(boolean leased, int attempts) {}
}
