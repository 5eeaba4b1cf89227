package dev.nofate.audit.checkpoint;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps what was signed, for good. */
@ApplicationScoped
public class CheckpointStore {

  private final Pool pool;

  CheckpointStore(Pool pool) {
    this.pool = pool;
  }

  Uni<Optional<SignedCheckpoint>> latest(UUID tenant) {
    return pool.preparedQuery(
            """
            SELECT note
              FROM audit_checkpoints
             WHERE tenant_id = $1
             ORDER BY size DESC, issued_at DESC
             LIMIT 1
            """)
        .execute(Tuple.of(tenant))
        .map(rows -> notes(rows).stream().findFirst().map(SignedCheckpoint::of));
  }

  /** Keeps a checkpoint, and lets the auditor know of the chain. */
  Uni<Void> keep(UUID tenant, SignedCheckpoint signed, Instant now) {
    return pool.preparedQuery(
            """
            WITH known AS (
              INSERT INTO audit_progress (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING
            )
            INSERT INTO audit_checkpoints (tenant_id, size, issued_at, note)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            """)
        .execute(
            Tuple.of(
                tenant,
                signed.checkpoint().size(),
                now.atOffset(ZoneOffset.UTC),
                signed.note().toString()))
        .replaceWithVoid();
  }

  /** What was signed about sizes in a range, first exclusive, in order of size. */
  public Uni<List<String>> between(UUID tenant, long after, long upTo) {
    return pool.preparedQuery(
            """
            SELECT note
              FROM audit_checkpoints
             WHERE tenant_id = $1 AND size > $2 AND size <= $3
             ORDER BY size
            """)
        .execute(Tuple.of(tenant, after, upTo))
        .map(CheckpointStore::notes);
  }

  /** The largest size that was signed, 0 when none was. */
  public Uni<Long> largest(UUID tenant) {
    return pool.preparedQuery(
            "SELECT coalesce(max(size), 0) AS size FROM audit_checkpoints WHERE tenant_id = $1")
        .execute(Tuple.of(tenant))
        .map(rows -> rows.iterator().next().getLong("size"));
  }

  /**
   * Chains behind a tenant id that grew since they were last signed, in order; and where to go on.
   */
  Uni<List<Row>> chains(UUID after, int limit) {
    return pool.preparedQuery(
            """
            SELECT chain.id,
                   (SELECT seq FROM audit_events WHERE tenant_id = chain.id ORDER BY seq DESC LIMIT 1)
                     IS DISTINCT FROM
                   (SELECT size FROM audit_checkpoints WHERE tenant_id = chain.id ORDER BY size DESC LIMIT 1)
                     AS grown
              FROM (SELECT tenant_id AS id
                      FROM audit_events
                     WHERE seq = 1 AND ($1::uuid IS NULL OR tenant_id > $1)
                     ORDER BY tenant_id
                     LIMIT $2) chain
             ORDER BY chain.id
            """)
        .execute(Tuple.tuple().addUUID(after).addInteger(limit))
        .map(
            rows -> {
              List<Row> chains = new ArrayList<>();
              rows.forEach(chains::add);
              return chains;
            });
  }

  private static List<String> notes(Iterable<Row> rows) {
    List<String> notes = new ArrayList<>();
    rows.forEach(row -> notes.add(row.getString("note")));
    return notes;
  }
}
