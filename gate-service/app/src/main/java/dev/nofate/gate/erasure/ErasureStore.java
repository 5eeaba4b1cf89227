package dev.nofate.gate.erasure;

import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.Purpose;
import dev.nofate.gate.db.TenantDb;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Contents that go and the rows of {@code erasures} that stay for them. Each erasing statement
 * deletes and notes at once, so that no crash leaves a content gone without a note.
 */
@ApplicationScoped
class ErasureStore {

  /** Replicas that sweep at the same time stay correct without it; with it only one works. */
  private static final long SWEEPER_LOCK = 0x6e6f66617465L;

  private final TenantDb db;

  ErasureStore(TenantDb db) {
    this.db = db;
  }

  Uni<Void> erase(TenantId tenant, UUID evaluation, UUID actor, Instant at) {
    return db.execute(
            tenant,
            """
            WITH gone AS (
              DELETE FROM evaluation_contents WHERE tenant_id = $1 AND evaluation_id = $2
              RETURNING tenant_id, evaluation_id)
            INSERT INTO erasures (tenant_id, evaluation_id, reason, actor, erased_at)
            SELECT tenant_id, evaluation_id, 'request', $3, $4 FROM gone
            ON CONFLICT DO NOTHING
            """,
            Tuple.of(tenant.value(), evaluation, actor, utc(at)))
        .replaceWithVoid();
  }

  Uni<Optional<Erasure>> find(TenantId tenant, UUID evaluation) {
    return db.execute(
            tenant,
            """
            SELECT tenant_id, evaluation_id, reason, actor, erased_at, audit_seq FROM erasures
            WHERE tenant_id = $1 AND evaluation_id = $2
            """,
            Tuple.of(tenant.value(), evaluation))
        .map(rows -> erasures(rows).stream().findFirst());
  }

  /** Erases contents about a subject, known under any of these digests. */
  Uni<List<Erasure>> eraseSubject(
      TenantId tenant, List<byte[]> subjects, UUID actor, Instant at, int limit) {
    return db.execute(
            tenant,
            """
            WITH due AS (
              SELECT tenant_id, evaluation_id FROM evaluation_contents
              WHERE tenant_id = $1 AND subject = ANY ($2)
              ORDER BY received_at LIMIT $5),
            gone AS (
              DELETE FROM evaluation_contents c USING due
              WHERE c.tenant_id = $1 AND c.evaluation_id = due.evaluation_id
              RETURNING c.tenant_id, c.evaluation_id)
            INSERT INTO erasures (tenant_id, evaluation_id, reason, actor, erased_at)
            SELECT tenant_id, evaluation_id, 'subject', $3, $4 FROM gone
            ON CONFLICT DO NOTHING
            RETURNING tenant_id, evaluation_id, reason, actor, erased_at, audit_seq
            """,
            Tuple.tuple()
                .addUUID(tenant.value())
                .addValue(subjects.stream().map(Buffer::buffer).toArray(Buffer[]::new))
                .addUUID(actor)
                .addOffsetDateTime(utc(at))
                .addInteger(limit))
        .map(ErasureStore::erasures);
  }

  /** Erases contents older than their tenant's period; none while another replica does. */
  Uni<Integer> eraseExpired(Instant now, int limit) {
    return db.execute(
            Purpose.RETENTION,
            """
            WITH sweeper AS MATERIALIZED (SELECT pg_try_advisory_xact_lock($3) AS alone),
            due AS (
              SELECT old.tenant_id, old.evaluation_id
              FROM sweeper, tenants t, LATERAL (
                SELECT c.tenant_id, c.evaluation_id FROM evaluation_contents c
                WHERE c.tenant_id = t.tenant_id
                  AND c.received_at < $1::timestamptz - make_interval(days => t.retention_days)
                ORDER BY c.received_at LIMIT $2) old
              WHERE sweeper.alone AND t.retention_days IS NOT NULL
              LIMIT $2),
            gone AS (
              DELETE FROM evaluation_contents c USING due
              WHERE c.tenant_id = due.tenant_id AND c.evaluation_id = due.evaluation_id
              RETURNING c.tenant_id, c.evaluation_id)
            INSERT INTO erasures (tenant_id, evaluation_id, reason, erased_at)
            SELECT tenant_id, evaluation_id, 'retention', $1 FROM gone
            ON CONFLICT DO NOTHING
            """,
            Tuple.of(utc(now), limit, SWEEPER_LOCK))
        .map(RowSet::rowCount);
  }

  /** Erasures whose event the log does not have yet, the oldest first. */
  Uni<List<Erasure>> unrecorded(int limit) {
    return db.execute(
            Purpose.RETENTION,
            """
            SELECT tenant_id, evaluation_id, reason, actor, erased_at, audit_seq FROM erasures
            WHERE audit_seq IS NULL ORDER BY erased_at LIMIT $1
            """,
            Tuple.of(limit))
        .map(ErasureStore::erasures);
  }

  Uni<Void> markRecorded(Erasure erasure, long auditSeq) {
    return db.execute(
            erasure.tenant(),
            """
            UPDATE erasures SET audit_seq = $3
            WHERE tenant_id = $1 AND evaluation_id = $2 AND audit_seq IS NULL
            """,
            Tuple.of(erasure.tenant().value(), erasure.evaluation(), auditSeq))
        .replaceWithVoid();
  }

  private static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static List<Erasure> erasures(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(ErasureStore::erasure).toList();
  }

  private static Erasure erasure(Row row) {
    return new Erasure(
        new TenantId(row.getUUID("tenant_id")),
        row.getUUID("evaluation_id"),
        row.getString("reason"),
        Optional.ofNullable(row.getUUID("actor")),
        Micros.text(row.getOffsetDateTime("erased_at").toInstant()),
        row.getLong("audit_seq") != null);
  }
}
