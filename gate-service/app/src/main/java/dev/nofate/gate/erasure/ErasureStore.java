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

  /**
   * The class of the locks that keep replicas from waiting for one another: one a tenant, held for
   * a statement. Without them sweeping stays correct.
   */
  static final int SWEEPING = 0x6e6f6661;

  /** A tenant with contents past its period, and since when the oldest is. */
  record Overdue(TenantId tenant, Instant since) {}

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

  /** Tenants with contents past their period, whose oldest has been so for longest first. */
  Uni<List<Overdue>> overdue(Instant now, int limit) {
    return db.execute(
            Purpose.RETENTION,
            """
            SELECT t.tenant_id, oldest.received_at + make_interval(days => t.retention_days) AS since
            FROM tenants t, LATERAL (
              SELECT c.received_at FROM evaluation_contents c WHERE c.tenant_id = t.tenant_id
              ORDER BY c.received_at LIMIT 1) oldest
            WHERE oldest.received_at < $1::timestamptz - make_interval(days => t.retention_days)
            ORDER BY since LIMIT $2
            """,
            Tuple.of(utc(now), limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Overdue(
                                new TenantId(row.getUUID("tenant_id")),
                                row.getOffsetDateTime("since").toInstant()))
                    .toList());
  }

  /** Erases a tenant's oldest contents past its period; none while another replica does. */
  Uni<List<Erasure>> eraseExpired(TenantId tenant, Instant now, int limit) {
    return db.execute(
            tenant,
            """
            WITH sweeping AS MATERIALIZED (
              SELECT pg_try_advisory_xact_lock($4::integer, hashtext($1::uuid::text)) AS alone),
            due AS (
              SELECT old.evaluation_id
              FROM sweeping, tenants t, LATERAL (
                SELECT c.evaluation_id FROM evaluation_contents c
                WHERE c.tenant_id = t.tenant_id
                  AND c.received_at < $2::timestamptz - make_interval(days => t.retention_days)
                ORDER BY c.received_at LIMIT $3) old
              WHERE sweeping.alone AND t.tenant_id = $1),
            gone AS (
              DELETE FROM evaluation_contents c USING due
              WHERE c.tenant_id = $1 AND c.evaluation_id = due.evaluation_id
              RETURNING c.tenant_id, c.evaluation_id)
            INSERT INTO erasures (tenant_id, evaluation_id, reason, erased_at)
            SELECT tenant_id, evaluation_id, 'retention', $2 FROM gone
            ON CONFLICT DO NOTHING
            RETURNING tenant_id, evaluation_id, reason, actor, erased_at, audit_seq
            """,
            Tuple.of(tenant.value(), utc(now), limit, SWEEPING))
        .map(ErasureStore::erasures);
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

  /** Marks a tenant's erasures with the places of their events. */
  Uni<Void> markRecorded(TenantId tenant, List<Erasure> erasures, List<Long> auditSeqs) {
    return db.execute(
            tenant,
            """
            UPDATE erasures e SET audit_seq = recorded.seq
            FROM unnest($2::uuid[], $3::bigint[]) AS recorded (evaluation_id, seq)
            WHERE e.tenant_id = $1 AND e.evaluation_id = recorded.evaluation_id
              AND e.audit_seq IS NULL
            """,
            Tuple.tuple()
                .addUUID(tenant.value())
                .addArrayOfUUID(erasures.stream().map(Erasure::evaluation).toArray(UUID[]::new))
                .addArrayOfLong(auditSeqs.toArray(Long[]::new)))
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
