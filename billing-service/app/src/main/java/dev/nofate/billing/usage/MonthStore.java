package dev.nofate.billing.usage;

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
public class MonthStore {

  private static final String SUM =
      """
      SELECT count(*) AS entries,
        coalesce(sum(evaluations), 0)::bigint AS evaluations,
        coalesce(sum(bytes_in), 0)::bigint AS bytes_in,
        coalesce(sum(bytes_out), 0)::bigint AS bytes_out,
        coalesce(sum(gates_executed), 0)::bigint AS gates_executed,
        coalesce(sum(audit_writes), 0)::bigint AS audit_writes,
        coalesce(sum(cost_nanousd), 0)::bigint AS cost_nanousd
      FROM usage_ledger
      WHERE tenant_id = $1 AND period_start >= $2 AND period_start < $3
      """;

  /** Entries whose period starts in a half-open span. */
  Uni<Closed> sum(SqlClient client, TenantId tenant, Instant from, Instant to) {
    return client
        .preparedQuery(SUM)
        .execute(Tuple.of(tenant.value(), utc(from), utc(to)))
        .map(rows -> closed(rows.iterator().next()));
  }

  private static Closed closed(Row row) {
    return new Closed(
        row.getLong("entries"),
        new UsageUnits(
            row.getLong("evaluations"),
            row.getLong("bytes_in"),
            row.getLong("bytes_out"),
            row.getLong("gates_executed"),
            row.getLong("audit_writes")),
        row.getLong("cost_nanousd"));
  }

  /** Sums of ledger entries. */
  record Closed(long entries, UsageUnits units, long costNanousd) {}
}
