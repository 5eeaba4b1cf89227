package dev.nofate.billing.ledger;

import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Sums over the ledger. */
@ApplicationScoped
public class LedgerSums {

  private static final String SUM =
      """
      SELECT count(*) AS entries,
        coalesce(sum(l.evaluations), 0)::bigint AS evaluations,
        coalesce(sum(l.bytes_in), 0)::bigint AS bytes_in,
        coalesce(sum(l.bytes_out), 0)::bigint AS bytes_out,
        coalesce(sum(l.gates_executed), 0)::bigint AS gates_executed,
        coalesce(sum(l.audit_writes), 0)::bigint AS audit_writes,
        coalesce(sum(l.cost_nanousd), 0)::bigint AS cost_nanousd,
        coalesce(min(l.first_seq), 0)::bigint AS first_seq,
        coalesce(max(l.last_seq), 0)::bigint AS last_seq,
        coalesce(sum(l.last_seq - l.first_seq + 1), 0)::bigint AS events,
        count(r.entry_no) AS reports,
        coalesce(sum(r.quantity_cents), 0)::bigint AS reported_cents,
        coalesce(sum(r.cost_nanousd), 0)::bigint AS reported_nanousd
      FROM usage_ledger l
      LEFT JOIN usage_reports r ON r.tenant_id = l.tenant_id AND r.entry_no = l.entry_no
      WHERE l.tenant_id = $1 AND l.period_start >= $2 AND l.period_start < $3
      """;

  private static final String CARRIED =
      """
      SELECT (coalesce(sum(cost_nanousd), 0) % 10000000)::bigint AS carried
      FROM usage_ledger WHERE tenant_id = $1 AND period_start < $2
      """;

  /** Entries whose period starts in a half-open span. */
  public Uni<Sum> between(SqlClient client, TenantId tenant, Instant from, Instant to) {
    return client
        .preparedQuery(SUM)
        .execute(Tuple.of(tenant.value(), utc(from), utc(to)))
        .map(rows -> sum(rows.iterator().next()));
  }

  /** What the entries before a time leave of a cent once all of them are reported. */
  public Uni<Long> carriedInto(SqlClient client, TenantId tenant, Instant from) {
    return client
        .preparedQuery(CARRIED)
        .execute(Tuple.of(tenant.value(), utc(from)))
        .map(rows -> rows.iterator().next().getLong("carried"));
  }

  private static Sum sum(Row row) {
    return new Sum(
        row.getLong("entries"),
        UnitColumns.units(row),
        row.getLong("cost_nanousd"),
        row.getLong("first_seq"),
        row.getLong("last_seq"),
        row.getLong("events"),
        row.getLong("reports"),
        row.getLong("reported_cents"),
        row.getLong("reported_nanousd"));
  }

  /**
   * Sums of ledger entries.
   *
   * @param entries their number
   * @param units their units
   * @param costNanousd their cost
   * @param firstSeq first chain event they cover; 0 without entries
   * @param lastSeq last chain event they cover; 0 without entries
   * @param events chain events they cover, entry by entry
   * @param reports how many of them are reported
   * @param reportedCents whole cents reported for them
   * @param reportedNanousd cost of those that are reported
   */
  public record Sum(
      long entries,
      UsageUnits units,
      long costNanousd,
      long firstSeq,
      long lastSeq,
      long events,
      long reports,
      long reportedCents,
      long reportedNanousd) {}
}
