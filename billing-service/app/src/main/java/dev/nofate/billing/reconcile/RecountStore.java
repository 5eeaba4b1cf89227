package dev.nofate.billing.reconcile;

import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.contract.Recount;
import dev.nofate.billing.contract.RecountTask;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.gate.contract.EvaluationCountsApi.Answered;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Counts of chain ranges, and the entries that wait for one. */
@ApplicationScoped
public class RecountStore {

  private static final String NEVER_COUNTED =
      """
      WITH next AS (
        SELECT tenant_id, entry_no FROM recounts_due
        WHERE handed_out_at IS NULL OR handed_out_at <= $2
        ORDER BY handed_out_at NULLS FIRST LIMIT $3
        FOR UPDATE SKIP LOCKED),
      handed AS (
        UPDATE recounts_due d SET handed_out_at = $1 FROM next n
        WHERE d.tenant_id = n.tenant_id AND d.entry_no = n.entry_no
        RETURNING d.tenant_id, d.entry_no)
      SELECT l.tenant_id, l.entry_no, l.first_seq, l.last_seq
      FROM handed h JOIN usage_ledger l ON l.tenant_id = h.tenant_id AND l.entry_no = h.entry_no
      """;

  private static final String COUNTED_BEFORE =
      """
      SELECT l.tenant_id, l.entry_no, l.first_seq, l.last_seq
      FROM chain_recounts c JOIN usage_ledger l ON l.tenant_id = c.tenant_id AND l.entry_no = c.entry_no
      WHERE c.counted_at <= $1 AND NOT (c.evaluations_differ OR c.units_differ OR c.hash_differs)
      ORDER BY c.counted_at LIMIT $2
      """;

  private static final String DIFFERING =
      """
      SELECT l.tenant_id, l.entry_no, l.first_seq, l.last_seq
      FROM chain_recounts c JOIN usage_ledger l ON l.tenant_id = c.tenant_id AND l.entry_no = c.entry_no
      WHERE (c.evaluations_differ OR c.units_differ OR c.hash_differs)
        AND c.counted_at + greatest(make_interval(secs => $2::float8),
          least(make_interval(secs => $3::float8), c.counted_at - l.filed_at)) <= $1
      ORDER BY c.counted_at LIMIT $4
      """;

  private static final String SAVE =
      """
      WITH counted AS (DELETE FROM recounts_due WHERE tenant_id = $1 AND entry_no = $2)
      INSERT INTO chain_recounts (tenant_id, entry_no, last_hash, evaluations_answered,
        responses_emitted, evaluations, bytes_in, bytes_out, gates_executed, audit_writes,
        evaluations_differ, units_differ, hash_differs, counted_at, last_place, log_end)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
      ON CONFLICT (tenant_id, entry_no) DO UPDATE SET
        last_hash = excluded.last_hash, evaluations_answered = excluded.evaluations_answered,
        responses_emitted = excluded.responses_emitted, evaluations = excluded.evaluations,
        bytes_in = excluded.bytes_in, bytes_out = excluded.bytes_out,
        gates_executed = excluded.gates_executed, audit_writes = excluded.audit_writes,
        evaluations_differ = excluded.evaluations_differ, units_differ = excluded.units_differ,
        hash_differs = excluded.hash_differs, counted_at = excluded.counted_at,
        last_place = excluded.last_place, log_end = excluded.log_end
      """;

  /** Entries that were never counted; they are kept from others for a while. */
  Uni<List<RecountTask>> neverCounted(SqlClient client, Instant now, Instant before, int limit) {
    return client
        .preparedQuery(NEVER_COUNTED)
        .execute(Tuple.of(utc(now), utc(before), limit))
        .map(rows -> Sql.all(rows, RecountStore::task));
  }

  /**
   * Entries that differed when they were last counted, once they have waited as long as from their
   * filing to that count, within bounds. They are few: an index holds them alone.
   */
  Uni<List<RecountTask>> differing(
      SqlClient client, Instant now, Duration least, Duration most, int limit) {
    return client
        .preparedQuery(DIFFERING)
        .execute(Tuple.of(utc(now), (double) least.toSeconds(), (double) most.toSeconds(), limit))
        .map(rows -> Sql.all(rows, RecountStore::task));
  }

  /** Entries that did not differ, and whose last count is older than a time. */
  Uni<List<RecountTask>> countedBefore(SqlClient client, Instant before, int limit) {
    return client
        .preparedQuery(COUNTED_BEFORE)
        .execute(Tuple.of(utc(before), limit))
        .map(rows -> Sql.all(rows, RecountStore::task));
  }

  /** Answers that the log does not reach are evaluations that differ. */
  Uni<Void> save(
      SqlClient client, Recount recount, Answered answered, Comparison compared, Instant now) {
    UsageUnits units = recount.units();
    return client
        .preparedQuery(SAVE)
        .execute(
            Tuple.tuple()
                .addUUID(recount.tenant().value())
                .addLong(recount.entryNo())
                .addString(recount.lastHash())
                .addLong(answered.evaluations())
                .addLong(recount.responsesEmitted())
                .addLong(units.evaluations())
                .addLong(units.bytesIn())
                .addLong(units.bytesOut())
                .addLong(units.gatesExecuted())
                .addLong(units.auditWrites())
                .addBoolean(compared.evaluations() || compared.end())
                .addBoolean(compared.units())
                .addBoolean(compared.hash())
                .addOffsetDateTime(utc(now))
                .addLong(answered.lastPlace())
                .addLong(answered.logEnd()))
        .replaceWithVoid();
  }

  private static RecountTask task(Row row) {
    return new RecountTask(
        new TenantId(row.getUUID("tenant_id")),
        row.getLong("entry_no"),
        row.getLong("first_seq"),
        row.getLong("last_seq"));
  }
}
