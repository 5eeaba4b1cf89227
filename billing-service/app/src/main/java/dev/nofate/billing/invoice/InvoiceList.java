package dev.nofate.billing.invoice;

import static dev.nofate.billing.postgres.Sql.instant;

import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** A tenant's invoices, newest first. */
@ApplicationScoped
public class InvoiceList {

  private static final String NEWEST =
      """
      SELECT invoice_id, status, amount_due_cents, amount_paid_cents, currency, occurred_at,
        first_observed_at, observed_at,
        CASE WHEN status = 'DRAFT' THEN problem END AS problem, number, period_start, period_end,
        hosted_invoice_url, invoice_pdf, links_observed_at
      FROM invoices
      WHERE tenant_id = $1 AND ($2::text IS NULL OR (first_observed_at, invoice_id) < (
        SELECT first_observed_at, invoice_id FROM invoices WHERE tenant_id = $1 AND invoice_id = $2))
      ORDER BY first_observed_at DESC, invoice_id DESC LIMIT $3
      """;

  /** Invoices behind one, newest first; from the newest when {@code after} is null. */
  Uni<List<InvoiceView>> behind(SqlClient client, TenantId tenant, String after, int limit) {
    return client
        .preparedQuery(NEWEST)
        .execute(Tuple.of(tenant.value(), after, limit))
        .map(rows -> Sql.all(rows, InvoiceList::view));
  }

  private static InvoiceView view(Row row) {
    return new InvoiceView(
        row.getString("invoice_id"),
        InvoiceStatus.valueOf(row.getString("status")),
        row.getLong("amount_due_cents"),
        row.getLong("amount_paid_cents"),
        row.getString("currency"),
        Rfc3339.text(instant(row, "occurred_at")),
        Rfc3339.text(instant(row, "first_observed_at")),
        Rfc3339.text(instant(row, "observed_at")),
        row.getString("problem"),
        row.getString("number"),
        time(row, "period_start"),
        time(row, "period_end"),
        row.getString("hosted_invoice_url"),
        row.getString("invoice_pdf"),
        time(row, "links_observed_at"));
  }

  private static String time(Row row, String column) {
    Instant time = instant(row, column);
    return time == null ? null : Rfc3339.text(time);
  }
}
