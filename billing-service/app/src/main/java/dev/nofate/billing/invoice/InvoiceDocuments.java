package dev.nofate.billing.invoice;

import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.provider.InvoiceDocument;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * What a customer knows an invoice by. It moves no invoice: whatever an observation does to the
 * status, what it says beyond that is kept unless the links are from a later one.
 */
@ApplicationScoped
public class InvoiceDocuments {

  private static final String KEEP =
      """
      UPDATE invoices SET number = coalesce($2, number), period_start = coalesce($3, period_start),
        period_end = coalesce($4, period_end), hosted_invoice_url = coalesce($5, hosted_invoice_url),
        invoice_pdf = coalesce($6, invoice_pdf),
        links_observed_at = CASE WHEN coalesce($5, $6) IS NULL THEN links_observed_at ELSE $7 END
      WHERE invoice_id = $1 AND (links_observed_at IS NULL OR links_observed_at <= $7)
      """;

  Uni<Void> keep(SqlConnection connection, Observation observed, InvoiceDocument told) {
    return told.equals(InvoiceDocument.UNKNOWN)
        ? Uni.createFrom().voidItem()
        : connection
            .preparedQuery(KEEP)
            .execute(
                Tuple.tuple()
                    .addString(observed.invoiceId())
                    .addString(told.number())
                    .addOffsetDateTime(time(told.periodStart()))
                    .addOffsetDateTime(time(told.periodEnd()))
                    .addString(told.hostedUrl())
                    .addString(told.pdfUrl())
                    .addOffsetDateTime(utc(observed.occurredAt())))
            .replaceWithVoid();
  }

  private static OffsetDateTime time(Instant time) {
    return time == null ? null : utc(time);
  }
}
