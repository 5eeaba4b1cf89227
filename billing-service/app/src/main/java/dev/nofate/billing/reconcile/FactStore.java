package dev.nofate.billing.reconcile;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.reconcile.Facts.Billed;
import dev.nofate.billing.reconcile.Facts.Counted;
import dev.nofate.billing.reconcile.Facts.End;
import dev.nofate.billing.time.ReconciliationPeriod;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Sums over a tenant's period beside those of the ledger itself. */
@ApplicationScoped
public class FactStore {

  private static final String COUNTED =
      """
      SELECT count(c.entry_no) AS entries,
        coalesce(sum(c.evaluations_answered), 0)::bigint AS answered,
        coalesce(sum(c.responses_emitted), 0)::bigint AS emitted,
        coalesce(sum(c.evaluations), 0)::bigint AS evaluations,
        coalesce(sum(c.bytes_in), 0)::bigint AS bytes_in,
        coalesce(sum(c.bytes_out), 0)::bigint AS bytes_out,
        coalesce(sum(c.gates_executed), 0)::bigint AS gates_executed,
        coalesce(sum(c.audit_writes), 0)::bigint AS audit_writes,
        count(c.entry_no) FILTER (WHERE c.last_hash = l.last_hash) AS same_hash,
        min(c.counted_at) AS oldest_at,
        (array_agg(c.last_place ORDER BY c.counted_at DESC, c.entry_no DESC)
          FILTER (WHERE c.last_place IS NOT NULL AND c.log_end IS NOT NULL))[1] AS last_place,
        (array_agg(c.log_end ORDER BY c.counted_at DESC, c.entry_no DESC)
          FILTER (WHERE c.last_place IS NOT NULL AND c.log_end IS NOT NULL))[1] AS log_end
      FROM usage_ledger l
      JOIN chain_recounts c ON c.tenant_id = l.tenant_id AND c.entry_no = l.entry_no
      WHERE l.tenant_id = $1 AND l.period_start >= $2 AND l.period_start < $3
      """;

  private static final String CARRIED_OUT =
      """
      SELECT r.carried_out_nanousd AS carried
      FROM usage_reports r
      JOIN usage_ledger l ON l.tenant_id = r.tenant_id AND l.entry_no = r.entry_no
      WHERE l.tenant_id = $1 AND l.period_start >= $2 AND l.period_start < $3
      ORDER BY l.entry_no DESC LIMIT 1
      """;

  private static final String BILLED =
      """
      WITH reported AS (
        SELECT l.entry_no, l.usage_hash, r.quantity_cents,
          r.provider_reference LIKE 'ii\\_%' AS item,
          EXISTS (SELECT FROM meter_fault_entries f JOIN meter_faults m ON m.event_id = f.event_id
            WHERE f.tenant_id = l.tenant_id AND f.entry_no = l.entry_no
              AND m.rebilled IS NOT TRUE) AS refused
        FROM usage_ledger l
        JOIN usage_reports r ON r.tenant_id = l.tenant_id AND r.entry_no = l.entry_no
        JOIN accounts a ON a.tenant_id = l.tenant_id
        WHERE l.tenant_id = $1 AND l.period_start >= $2 AND l.period_start < $3
          -- What the recorded provider was told before an account was opened at Stripe is on no invoice.
          AND (r.mode = 'production' OR a.realm = 'MOCK')),
      metered AS (
        SELECT count(*) AS lines, coalesce(sum(quantity_cents), 0)::bigint AS cents
        FROM invoice_lines
        WHERE tenant_id = $1 AND kind = 'METERED' AND period_end > $2 AND period_end <= $3),
      items AS (
        SELECT count(*) AS lines, coalesce(sum(x.quantity_cents), 0)::bigint AS cents
        FROM reported p JOIN invoice_lines x ON x.usage_hash = p.usage_hash AND x.kind = 'ITEM'
        WHERE x.tenant_id = $1)
      SELECT
        (SELECT coalesce(sum(quantity_cents), 0)::bigint FROM reported) AS cents,
        (SELECT count(*) FROM reported WHERE refused) AS refused,
        (SELECT count(*) FROM reported WHERE quantity_cents > 0 AND NOT item) AS metered_reports,
        (SELECT count(*) FROM reported WHERE quantity_cents > 0 AND item) AS item_reports,
        metered.lines AS metered_lines, metered.cents AS metered_cents,
        items.lines AS item_lines, items.cents AS item_cents
      FROM metered, items
      """;

  Uni<Counted> counted(SqlConnection connection, TenantId tenant, ReconciliationPeriod period) {
    return one(connection, COUNTED, tenant, period)
        .map(
            row ->
                new Counted(
                    row.getLong("entries"),
                    row.getLong("answered"),
                    row.getLong("emitted"),
                    new UsageUnits(
                        row.getLong("evaluations"),
                        row.getLong("bytes_in"),
                        row.getLong("bytes_out"),
                        row.getLong("gates_executed"),
                        row.getLong("audit_writes")),
                    row.getLong("same_hash"),
                    instant(row, "oldest_at"),
                    end(row)));
  }

  private static End end(Row row) {
    Long lastPlace = row.getLong("last_place");
    return lastPlace == null ? null : new End(lastPlace, row.getLong("log_end"));
  }

  /** What the last report of the period handed on; null without one. */
  Uni<Long> carriedOut(SqlConnection connection, TenantId tenant, ReconciliationPeriod period) {
    return connection
        .preparedQuery(CARRIED_OUT)
        .execute(Tuple.of(tenant.value(), utc(period.from()), utc(period.to())))
        .map(rows -> rows.rowCount() == 0 ? null : rows.iterator().next().getLong("carried"));
  }

  Uni<Billed> billed(SqlConnection connection, TenantId tenant, ReconciliationPeriod period) {
    return one(connection, BILLED, tenant, period)
        .map(
            row ->
                new Billed(
                    row.getLong("cents"),
                    row.getLong("refused"),
                    row.getLong("metered_reports"),
                    row.getLong("metered_lines"),
                    row.getLong("metered_cents"),
                    row.getLong("item_reports"),
                    row.getLong("item_lines"),
                    row.getLong("item_cents")));
  }

  private static Uni<Row> one(
      SqlConnection connection, String sql, TenantId tenant, ReconciliationPeriod period) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(tenant.value(), utc(period.from()), utc(period.to())))
        .map(rows -> rows.iterator().next());
  }
}
