package dev.nofate.gate.contents;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import dev.nofate.gate.evaluate.EvaluationCursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Stored requests in the order in which they were received. */
@ApplicationScoped
class ContentsStore {

  /** An evaluation; without its content after erasure. */
  record Kept(EvaluationCursor at, Optional<Content> content) {}

  /** The body as received and the commitment's key. */
  record Content(byte[] request, byte[] salt) {}

  private final TenantDb db;

  ContentsStore(TenantDb db) {
    this.db = db;
  }

  Uni<List<Kept>> page(TenantId tenant, EvaluationCursor behind, OffsetDateTime to, int size) {
    return db.execute(
            tenant,
            """
            SELECT e.evaluation_id, e.received_at, c.salt, c.request
            FROM evaluations e LEFT JOIN evaluation_contents c USING (tenant_id, evaluation_id)
            WHERE e.tenant_id = $1 AND e.received_at < $2
              AND (e.received_at, e.evaluation_id) > ($3, $4::uuid)
            ORDER BY e.received_at, e.evaluation_id LIMIT $5
            """,
            Tuple.of(tenant.value(), to, behind.receivedAt(), behind.evaluation(), size))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(ContentsStore::kept).toList());
  }

  private static Kept kept(Row row) {
    Buffer salt = row.getBuffer("salt");
    return new Kept(
        new EvaluationCursor(row.getOffsetDateTime("received_at"), row.getUUID("evaluation_id")),
        salt == null
            ? Optional.empty()
            : Optional.of(new Content(row.getBuffer("request").getBytes(), salt.getBytes())));
  }
}
