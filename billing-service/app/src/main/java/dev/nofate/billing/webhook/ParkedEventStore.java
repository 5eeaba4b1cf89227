package dev.nofate.billing.webhook;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.postgres.Sql;
import dev.nofate.billing.time.Rfc3339;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Stored events that nobody works on any more. */
@ApplicationScoped
public class ParkedEventStore {

  private static final String OLDEST =
      """
      SELECT event_id, type, attempts, received_at, parked_reason
      FROM stripe_events WHERE state = 'PARKED'
      ORDER BY arrival LIMIT $1
      """;

  private static final String REPLAY =
      """
      UPDATE stripe_events SET state = 'PENDING', attempts = 0, next_attempt_at = $2,
        parked_reason = NULL
      WHERE event_id = $1 AND state IN ('PARKED', 'DONE')
      """;

  Uni<List<ParkedEvent>> oldest(SqlClient client, int limit) {
    return client
        .preparedQuery(OLDEST)
        .execute(Tuple.of(limit))
        .map(
            rows ->
                Sql.all(
                    rows,
                    row ->
                        new ParkedEvent(
                            row.getString("event_id"),
                            row.getString("type"),
                            row.getInteger("attempts"),
                            Rfc3339.text(instant(row, "received_at")),
                            row.getString("parked_reason"))));
  }

  /** Lets an event wait anew unless it waits or is worked on; answers whether it did. */
  Uni<Boolean> replay(SqlClient client, String eventId, Instant now) {
    return client
        .preparedQuery(REPLAY)
        .execute(Tuple.of(eventId, utc(now)))
        .map(rows -> rows.rowCount() == 1);
  }
}
