package dev.nofate.gate.tally;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The rows of {@code evaluation_hours}. */
@ApplicationScoped
public class HourStore {

  /** A week of hours with every reason there is. */
  private static final int MOST = 168 * 64;

  private final TenantDb db;

  HourStore(TenantDb db) {
    this.db = db;
  }

  /** Adds a tenant's counts to its hours, in the order in which they come. */
  Uni<Void> add(TenantId tenant, List<Map.Entry<Count.Key, Count>> counts) {
    return db.executeBatch(
            tenant,
            """
            INSERT INTO evaluation_hours AS h
              (tenant_id, hour, state, gate, code, evaluations, durations, ages)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (tenant_id, hour, state, gate, code) DO UPDATE SET
              evaluations = h.evaluations + excluded.evaluations,
              durations = ARRAY(
                SELECT coalesce(a, 0) + coalesce(b, 0)
                FROM unnest(h.durations, excluded.durations) WITH ORDINALITY AS sums (a, b, place)
                ORDER BY place),
              ages = ARRAY(
                SELECT coalesce(a, 0) + coalesce(b, 0)
                FROM unnest(h.ages, excluded.ages) WITH ORDINALITY AS sums (a, b, place)
                ORDER BY place)
            """,
            counts.stream().map(entry -> row(entry.getKey(), entry.getValue())).toList())
        .replaceWithVoid();
  }

  /** A tenant's hours from one time up to another, oldest first. */
  public Uni<List<Hour>> between(TenantId tenant, Instant from, Instant to) {
    return db.execute(
            tenant,
            """
            SELECT hour, state, gate, code, evaluations, durations, ages FROM evaluation_hours
            WHERE tenant_id = $1 AND hour >= $2 AND hour < $3 ORDER BY hour LIMIT $4
            """,
            Tuple.of(tenant.value(), utc(from), utc(to), MOST))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(HourStore::hour).toList());
  }

  private static Tuple row(Count.Key key, Count count) {
    return Tuple.tuple()
        .addUUID(key.tenant().value())
        .addOffsetDateTime(utc(key.hour()))
        .addString(key.state())
        .addString(key.gate())
        .addString(key.code())
        .addLong(count.evaluations())
        .addArrayOfLong(count.durations())
        .addArrayOfLong(count.ages());
  }

  private static Hour hour(Row row) {
    return new Hour(
        row.getOffsetDateTime("hour").toInstant(),
        row.getString("state"),
        row.getString("gate"),
        row.getString("code"),
        row.getLong("evaluations"),
        List.of(row.getArrayOfLongs("durations")),
        List.of(row.getArrayOfLongs("ages")));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
