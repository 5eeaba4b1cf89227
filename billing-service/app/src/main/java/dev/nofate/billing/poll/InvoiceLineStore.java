package dev.nofate.billing.poll;

import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.postgres.Sql;
import dev.nofate.billing.provider.PaymentProvider.InvoiceLine;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.regex.Pattern;

/** Lines of finalised invoices, and how they compare with what was reported. */
@ApplicationScoped
public class InvoiceLineStore {

  private static final Pattern USAGE_HASH = Pattern.compile("sha256:[0-9a-f]{64}");

  private static final String IS_READ =
      """
      SELECT lines_read_at IS NOT NULL AS read FROM invoices WHERE invoice_id = $1
      """;

  private static final String INSERT =
      """
      INSERT INTO invoice_lines (line_id, invoice_id, tenant_id, kind, period_start, period_end,
        usage_hash, quantity_cents)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (line_id) DO NOTHING
      """;

  /**
   * Billed usage beside reported usage: the metered lines of a month with what was metered into it
   * (and not refused afterwards), the items with the usage they name.
   */
  private static final String COMPARE =
      """
      UPDATE invoices i SET lines_read_at = coalesce(lines_read_at, $2), invoiced_cents = billed.cents,
        reported_cents = told.cents
      FROM
        (SELECT coalesce(sum(quantity_cents), 0)::bigint AS cents
         FROM invoice_lines WHERE invoice_id = $1 AND kind <> 'OTHER') billed,
        (SELECT coalesce(sum(r.quantity_cents), 0)::bigint AS cents
         FROM usage_ledger l
         JOIN usage_reports r ON r.tenant_id = l.tenant_id AND r.entry_no = l.entry_no
         WHERE l.tenant_id = (SELECT tenant_id FROM invoices WHERE invoice_id = $1) AND (
           l.usage_hash IN (SELECT usage_hash FROM invoice_lines
             WHERE invoice_id = $1 AND kind = 'ITEM')
           OR r.mode = 'production' AND r.provider_reference NOT LIKE 'ii\\_%'
             AND NOT EXISTS (SELECT FROM meter_fault_entries f
               WHERE f.tenant_id = l.tenant_id AND f.entry_no = l.entry_no)
             AND EXISTS (
             SELECT FROM invoice_lines x
             WHERE x.invoice_id = $1 AND x.kind = 'METERED'
                 AND l.period_end > x.period_start AND l.period_end <= x.period_end))
        ) told
      WHERE i.invoice_id = $1
      """;

  Uni<Boolean> isRead(SqlClient client, String invoiceId) {
    return client
        .preparedQuery(IS_READ)
        .execute(Tuple.of(invoiceId))
        .map(rows -> Sql.first(rows, row -> row.getBoolean("read")).orElse(false));
  }

  Uni<Void> insert(SqlClient client, TenantId tenant, String invoiceId, InvoiceLine line) {
    boolean item = line.usageHash() != null && USAGE_HASH.matcher(line.usageHash()).matches();
    return client
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addString(line.id())
                .addString(invoiceId)
                .addUUID(tenant.value())
                .addString(line.metered() ? "METERED" : item ? "ITEM" : "OTHER")
                .addOffsetDateTime(utc(line.periodStart()))
                .addOffsetDateTime(utc(line.periodEnd()))
                .addString(line.metered() || !item ? null : line.usageHash())
                .addLong(line.cents()))
        .replaceWithVoid();
  }

  Uni<Void> compare(SqlClient client, String invoiceId, Instant now) {
    return client.preparedQuery(COMPARE).execute(Tuple.of(invoiceId, utc(now))).replaceWithVoid();
  }
}
