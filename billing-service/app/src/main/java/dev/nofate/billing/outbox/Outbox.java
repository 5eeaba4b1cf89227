package dev.nofate.billing.outbox;

import static dev.nofate.billing.postgres.Sql.utc;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.nofate.billing.contract.OutboxEvent;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Audit events that are owed to the log. A row is written in the transaction that changed the
 * state, under the account's lock, so that a tenant's rows leave in the order of its changes.
 */
@ApplicationScoped
public class Outbox {

  private static final String INSERT =
      """
      INSERT INTO audit_outbox (id, tenant_id, type, subject, payload, created_at)
      VALUES ($1, $2, $3, NULL, $4, $5)
      """;

  private static final String OWED =
      """
      SELECT id, tenant_id, type, subject, payload
      FROM audit_outbox WHERE recorded_at IS NULL
      ORDER BY arrival LIMIT $1
      """;

  private static final String RECORDED =
      """
      UPDATE audit_outbox SET recorded_at = coalesce(recorded_at, $2) WHERE id = $1
      """;

  /** Owes an event. The payload holds codes, counts and digests. */
  public Uni<Void> add(
      SqlConnection connection,
      TenantId tenant,
      String type,
      Map<String, Object> payload,
      Instant now) {
    return connection
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                UuidCreator.getTimeOrderedEpoch(),
                tenant.value(),
                type,
                new JsonObject(payload),
                utc(now)))
        .replaceWithVoid();
  }

  /** What is owed, oldest first. */
  public Uni<List<OutboxEvent>> owed(SqlClient client, int limit) {
    return client
        .preparedQuery(OWED)
        .execute(Tuple.of(limit))
        .map(rows -> Sql.all(rows, Outbox::event));
  }

  /** Nothing is owed for this event any more; 404 when it never was. */
  public Uni<Void> recorded(SqlClient client, UUID id, Instant now) {
    return client
        .preparedQuery(RECORDED)
        .execute(Tuple.of(id, utc(now)))
        .invoke(
            rows -> {
              if (rows.rowCount() == 0) {
                throw ProblemException.notFound();
              }
            })
        .replaceWithVoid();
  }

  private static OutboxEvent event(Row row) {
    return new OutboxEvent(
        row.getUUID("id"),
        new TenantId(row.getUUID("tenant_id")),
        row.getString("type"),
        row.getUUID("subject"),
        row.getJsonObject("payload").getMap());
  }
}
