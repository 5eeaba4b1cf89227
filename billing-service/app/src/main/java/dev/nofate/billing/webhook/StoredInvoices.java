package dev.nofate.billing.webhook;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.billing.provider.InvoiceDocument;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Invoices as stored events show them. What a customer needs of one is read from the event that is
 * stored here, so that links go through no other service.
 */
@ApplicationScoped
public class StoredInvoices {

  private static final String FIND = "SELECT payload FROM stripe_events WHERE event_id = $1";

  private final ObjectMapper json;

  public StoredInvoices(ObjectMapper json) {
    this.json = json;
  }

  /** What an event says of an invoice; unknown when it is not stored, or is about another one. */
  public Uni<InvoiceDocument> document(SqlConnection connection, String eventId, String invoiceId) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(eventId))
        .map(
            rows ->
                Sql.first(rows, row -> document(row.getString("payload"), invoiceId))
                    .orElse(InvoiceDocument.UNKNOWN));
  }

  private InvoiceDocument document(String payload, String invoiceId) {
    try {
      JsonNode invoice = json.readTree(payload).path("data").path("object");
      return "invoice".equals(invoice.path("object").textValue())
              && invoiceId.equals(invoice.path("id").textValue())
          ? InvoiceDocument.told(
              invoice.path("number").textValue(),
              second(invoice.path("period_start")),
              second(invoice.path("period_end")),
              invoice.path("hosted_invoice_url").textValue(),
              invoice.path("invoice_pdf").textValue())
          : InvoiceDocument.UNKNOWN;
    } catch (JacksonException e) {
      return InvoiceDocument.UNKNOWN;
    }
  }

  private static Long second(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
  }
}
