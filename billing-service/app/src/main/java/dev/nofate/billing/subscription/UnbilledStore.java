package dev.nofate.billing.subscription;

import static dev.nofate.billing.postgres.Sql.instant;

import dev.nofate.billing.postgres.Sql;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Entries that were metered, and that no line of an invoice known here bills. */
@ApplicationScoped
public class UnbilledStore {

  private static final String ENTRIES =
      """
      SELECT l.entry_no, l.period_end, r.quantity_cents
      FROM usage_ledger l
      JOIN usage_reports r ON r.tenant_id = l.tenant_id AND r.entry_no = l.entry_no
      WHERE l.tenant_id = $1 AND r.quantity_cents > 0 AND r.mode = $2
        AND r.provider_reference NOT LIKE 'ii\\_%'
        AND NOT EXISTS (SELECT FROM meter_fault_entries f
          WHERE f.tenant_id = l.tenant_id AND f.entry_no = l.entry_no)
        AND NOT EXISTS (SELECT FROM invoice_lines x
          WHERE x.tenant_id = l.tenant_id AND (
            x.kind = 'ITEM' AND x.usage_hash = l.usage_hash
            OR x.kind = 'METERED' AND l.period_end > x.period_start
              AND l.period_end <= x.period_end))
      ORDER BY l.entry_no LIMIT $3
      """;

  Uni<List<Unbilled>> entries(SqlConnection connection, TenantId tenant, String mode, int limit) {
    return connection
        .preparedQuery(ENTRIES)
        .execute(Tuple.of(tenant.value(), mode, limit))
        .map(
            rows ->
                Sql.all(
                    rows,
                    row ->
                        new Unbilled(
                            row.getLong("entry_no"),
                            instant(row, "period_end"),
                            row.getLong("quantity_cents"))));
  }

  /**
   * A metered entry.
   *
   * @param entryNo of the tenant's ledger
   * @param periodEnd end of its period
   * @param cents that were reported
   */
  record Unbilled(long entryNo, Instant periodEnd, long cents) {}
}
