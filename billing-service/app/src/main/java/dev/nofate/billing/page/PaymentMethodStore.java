package dev.nofate.billing.page;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.postgres.Sql;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Which page a tenant's payment method was given on. */
@ApplicationScoped
public class PaymentMethodStore {

  /** Beside the account's own lock, which what an invoice says does not wait for. */
  private static final String TURN =
      """
      SELECT pg_try_advisory_xact_lock(hashtextextended('payment-method/' || $1::uuid, 0)) AS got
      """;

  private static final String ADOPTED =
      """
      SELECT payment_page_id, payment_page_opened_at
      FROM accounts WHERE tenant_id = $1 AND payment_page_id IS NOT NULL
      """;

  private static final String ADOPT =
      """
      UPDATE accounts SET payment_method_at = coalesce(payment_method_at, clock_timestamp()),
        payment_page_id = $2, payment_page_opened_at = $3
      WHERE tenant_id = $1
      """;

  /** Whether nobody else adopts a page of the tenant until the transaction ends. */
  Uni<Boolean> turn(SqlConnection connection, TenantId tenant) {
    return connection
        .preparedQuery(TURN)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> rows.iterator().next().getBoolean("got"));
  }

  /** The page whose payment method invoices are paid with. */
  Uni<Optional<Page>> adopted(SqlConnection connection, TenantId tenant) {
    return connection
        .preparedQuery(ADOPTED)
        .execute(Tuple.of(tenant.value()))
        .map(
            rows ->
                Sql.first(
                    rows,
                    row ->
                        new Page(
                            row.getString("payment_page_id"),
                            instant(row, "payment_page_opened_at"))));
  }

  Uni<Void> adopt(SqlConnection connection, TenantId tenant, Page page) {
    return connection
        .preparedQuery(ADOPT)
        .execute(Tuple.of(tenant.value(), page.id(), utc(page.openedAt())))
        .replaceWithVoid();
  }

  /**
   * A page of the provider's.
   *
   * @param id {@code cs_…}
   * @param openedAt a whole second
   */
  record Page(String id, Instant openedAt) {}
}
