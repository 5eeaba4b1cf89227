package dev.nofate.audit.auditor;

import dev.nofate.audit.contract.AuditorApi.AuditorSums;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How far the auditor got with each chain, and what it found. */
@ApplicationScoped
class ProgressStore {

  /**
   * A chain whose turn it is.
   *
   * @param progress the signed note to go on from, or null
   * @param attestation the last statement, or null
   */
  record Due(UUID tenant, String progress, String attestation) {}

  private final Pool pool;

  ProgressStore(Pool pool) {
    this.pool = pool;
  }

  /** Lets the auditor know of chains that it never saw, in whatever state they are. */
  Uni<Void> discover() {
    return pool.query(
            """
            INSERT INTO audit_progress (tenant_id)
            SELECT e.tenant_id
              FROM audit_events e
             WHERE e.seq = 1
               AND NOT EXISTS (SELECT FROM audit_progress p WHERE p.tenant_id = e.tenant_id)
            ON CONFLICT DO NOTHING
            """)
        .execute()
        .replaceWithVoid();
  }

  /** The chains that were not visited for longest. */
  Uni<List<Due>> due(int limit) {
    return pool.preparedQuery(
            """
            SELECT tenant_id, progress, attestation
              FROM audit_progress
             ORDER BY visited_at NULLS FIRST, tenant_id
             LIMIT $1
            """)
        .execute(Tuple.of(limit))
        .map(
            rows -> {
              List<Due> due = new ArrayList<>();
              rows.forEach(
                  row ->
                      due.add(
                          new Due(
                              row.getUUID("tenant_id"),
                              row.getString("progress"),
                              row.getString("attestation"))));
              return due;
            });
  }

  /**
   * Notes that a chain was as it has to be, as far as the walk came; null keeps the attestation.
   */
  Uni<Void> good(UUID tenant, Instant now, String progress, String attestation, boolean whole) {
    return pool.preparedQuery(
            """
            UPDATE audit_progress
               SET visited_at = $2, progress = $3, attestation = coalesce($4, attestation),
                   ended_at = CASE WHEN $5 THEN $2 ELSE ended_at END,
                   fault_seq = CASE WHEN $5 THEN NULL ELSE fault_seq END,
                   fault_code = CASE WHEN $5 THEN NULL ELSE fault_code END,
                   fault_text = CASE WHEN $5 THEN NULL ELSE fault_text END
             WHERE tenant_id = $1
            """)
        .execute(
            Tuple.tuple()
                .addUUID(tenant)
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                .addString(progress)
                .addString(attestation)
                .addBoolean(whole))
        .replaceWithVoid();
  }

  /** Notes a difference; the next visit starts at the first event. */
  Uni<Void> differs(UUID tenant, Instant now, Difference difference) {
    return pool.preparedQuery(
            """
            UPDATE audit_progress
               SET visited_at = $2, progress = NULL, fault_seq = $3, fault_code = $4, fault_text = $5
             WHERE tenant_id = $1
            """)
        .execute(
            Tuple.of(
                tenant,
                now.atOffset(ZoneOffset.UTC),
                difference.seq(),
                difference.code(),
                difference.text()))
        .replaceWithVoid();
  }

  /** How many chains differ. */
  Uni<Long> differing() {
    return pool.query("SELECT count(*) AS n FROM audit_progress WHERE fault_code IS NOT NULL")
        .execute()
        .map(rows -> rows.iterator().next().getLong("n"));
  }

  /** Since when no end was reached of the chain that waits for longest; empty without a chain. */
  Uni<Optional<Instant>> oldestEnd() {
    return pool.query(
            """
            SELECT ended_at FROM audit_progress
             WHERE fault_code IS NULL ORDER BY ended_at LIMIT 1
            """)
        .execute()
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(
                        rows.iterator().next().getOffsetDateTime("ended_at").toInstant()));
  }

  /** Counts over all chains: a row a chain, so that they are quickly made. */
  Uni<AuditorSums> sums() {
    return pool.query(
            """
            SELECT count(*) AS chains,
                   count(*) FILTER (WHERE attestation IS NOT NULL AND fault_code IS NULL) AS attested,
                   count(*) FILTER (WHERE fault_code IS NOT NULL) AS differing,
                   max(visited_at) AS visited_at
              FROM audit_progress
            """)
        .execute()
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new AuditorSums(
                    row.getLong("chains"),
                    row.getLong("attested"),
                    row.getLong("differing"),
                    row.getOffsetDateTime("visited_at") == null
                        ? null
                        : row.getOffsetDateTime("visited_at").toInstant().toString()));
  }

  Uni<Optional<String>> attestation(UUID tenant) {
    return pool.preparedQuery(
            """
            SELECT attestation
              FROM audit_progress
             WHERE tenant_id = $1 AND attestation IS NOT NULL AND fault_code IS NULL
            """)
        .execute(Tuple.of(tenant))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getString("attestation")));
  }
}
