package dev.nofate.billing.invoice;

import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** The provider's invoices, as far as they were observed. */
@ApplicationScoped
public class InvoiceStore {

  private static final String FIND =
      """
      SELECT tenant_id, status FROM invoices WHERE invoice_id = $1
      """;

  private static final String SAVE =
      """
      INSERT INTO invoices (invoice_id, tenant_id, status, amount_due_cents, amount_paid_cents,
        currency, occurred_at, last_event_id, first_observed_at, observed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
      ON CONFLICT (invoice_id) DO UPDATE SET
        status = excluded.status, amount_due_cents = excluded.amount_due_cents,
        amount_paid_cents = excluded.amount_paid_cents, occurred_at = excluded.occurred_at,
        last_event_id = excluded.last_event_id, observed_at = excluded.observed_at
      """;

  private static final String PROBLEM =
      """
      UPDATE invoices SET problem = $2 WHERE invoice_id = $1 AND problem IS DISTINCT FROM $2
      """;

  private static final String OLDEST_UNPAID =
      """
      SELECT min(first_observed_at) AS oldest FROM invoices
      WHERE tenant_id = $1 AND status NOT IN ('PAID', 'VOID')
      """;

  private static final String ANY_DELINQUENT =
      """
      SELECT EXISTS (
        SELECT FROM invoices
        WHERE tenant_id = $1 AND status IN ('PAYMENT_FAILED', 'UNCOLLECTIBLE')) AS delinquent
      """;

  Uni<Optional<Known>> find(SqlConnection connection, String invoiceId) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(invoiceId))
        .map(
            rows ->
                Sql.first(
                    rows,
                    row ->
                        new Known(
                            new TenantId(row.getUUID("tenant_id")),
                            InvoiceStatus.valueOf(row.getString("status")))));
  }

  Uni<Void> save(SqlConnection connection, TenantId tenant, Observation observed, Instant now) {
    return connection
        .preparedQuery(SAVE)
        .execute(
            Tuple.tuple()
                .addString(observed.invoiceId())
                .addUUID(tenant.value())
                .addString(observed.status().name())
                .addLong(observed.amountDueCents())
                .addLong(observed.amountPaidCents())
                .addString(observed.currency())
                .addOffsetDateTime(utc(observed.occurredAt()))
                .addString(observed.eventId())
                .addOffsetDateTime(utc(now)))
        .replaceWithVoid();
  }

  /** What keeps a draft from being finalised; answers whether that is news. */
  Uni<Boolean> problem(SqlConnection connection, String invoiceId, String problem) {
    return connection
        .preparedQuery(PROBLEM)
        .execute(Tuple.of(invoiceId, problem))
        .map(rows -> rows.rowCount() == 1);
  }

  /** When the oldest invoice was first observed that is neither paid nor void. */
  public Uni<Optional<Instant>> oldestUnpaid(SqlClient client, TenantId tenant) {
    return client
        .preparedQuery(OLDEST_UNPAID)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> Optional.ofNullable(Sql.instant(rows.iterator().next(), "oldest")));
  }

  Uni<Boolean> anyDelinquent(SqlConnection connection, TenantId tenant) {
    return connection
        .preparedQuery(ANY_DELINQUENT)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> rows.iterator().next().getBoolean("delinquent"));
  }

  /**
   * @param tenant whose invoice
   * @param status as last merged
   */
  record Known(TenantId tenant, InvoiceStatus status) {}
}
