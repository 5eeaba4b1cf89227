package dev.nofate.billing.meterfault;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.contract.MeterFault;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.billing.provider.PaymentProvider.Uncounted;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Faults of the meter, and the entries that are known of them. */
@ApplicationScoped
public class MeterFaultStore {

  private static final int LONGEST_CODES = 500;

  private static final String INSERT =
      """
      INSERT INTO meter_faults (event_id, type, meter_id, errors, codes, observed_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (event_id) DO NOTHING
      """;

  private static final String LINK =
      """
      INSERT INTO meter_fault_entries (event_id, tenant_id, entry_no)
      SELECT $1, tenant_id, entry_no FROM usage_ledger WHERE usage_hash = ANY ($2)
      ON CONFLICT DO NOTHING
      """;

  private static final String OPEN =
      """
      SELECT f.event_id, f.type, f.meter_id, f.errors, f.codes, f.observed_at,
        (SELECT count(*) FROM meter_fault_entries e WHERE e.event_id = f.event_id) AS entries
      FROM meter_faults f WHERE settled_at IS NULL ORDER BY observed_at LIMIT $1
      """;

  private static final String ENTRIES =
      """
      SELECT tenant_id, entry_no FROM meter_fault_entries
      WHERE event_id = $1 ORDER BY tenant_id, entry_no LIMIT $2
      """;

  private static final String LOCK_OPEN =
      """
      SELECT errors FROM meter_faults WHERE event_id = $1 AND settled_at IS NULL FOR UPDATE
      """;

  private static final String SETTLE =
      """
      UPDATE meter_faults SET settled_at = $2, settled_reason = $3, rebilled = $4
      WHERE event_id = $1 AND settled_at IS NULL
      """;

  /** Whether this is the first time. */
  Uni<Boolean> insert(SqlConnection connection, MeterFault fault, Uncounted told, Instant now) {
    String codes = String.join(",", told.codes());
    return connection
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(
                fault.eventId(),
                fault.type(),
                fault.meterId(),
                told.errors(),
                codes.substring(0, Math.min(codes.length(), LONGEST_CODES)),
                utc(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Answers how many entries have one of these identifiers. */
  Uni<Integer> link(SqlConnection connection, String eventId, List<String> identifiers) {
    return connection
        .preparedQuery(LINK)
        .execute(Tuple.of(eventId, identifiers.toArray(String[]::new)))
        .map(rows -> rows.rowCount());
  }

  Uni<List<OpenFault>> open(SqlClient client, int limit) {
    return client
        .preparedQuery(OPEN)
        .execute(Tuple.of(limit))
        .map(rows -> Sql.all(rows, MeterFaultStore::fault));
  }

  /** How many events an open fault is about, by the provider's count; empty unless it is open. */
  Uni<Optional<Long>> errorsOfOpen(SqlConnection connection, String eventId) {
    return connection
        .preparedQuery(LOCK_OPEN)
        .execute(Tuple.of(eventId))
        .map(rows -> Sql.first(rows, row -> row.getLong("errors")));
  }

  Uni<List<EntryKey>> entries(SqlClient client, String eventId, int limit) {
    return client
        .preparedQuery(ENTRIES)
        .execute(Tuple.of(eventId, limit))
        .map(
            rows ->
                Sql.all(
                    rows,
                    row ->
                        new EntryKey(
                            new TenantId(row.getUUID("tenant_id")), row.getLong("entry_no"))));
  }

  Uni<Void> settle(
      SqlConnection connection, String eventId, boolean rebilled, String reason, Instant now) {
    return connection
        .preparedQuery(SETTLE)
        .execute(Tuple.of(eventId, utc(now), reason, rebilled))
        .replaceWithVoid();
  }

  private static OpenFault fault(Row row) {
    return new OpenFault(
        row.getString("event_id"),
        row.getString("type"),
        row.getString("meter_id"),
        row.getLong("errors"),
        row.getString("codes"),
        row.getLong("entries"),
        Rfc3339.text(instant(row, "observed_at")));
  }

  /** An entry of a tenant. */
  record EntryKey(TenantId tenant, long entryNo) {}
}
