package dev.nofate.billing.poll;

import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.InvoiceLine;
import dev.nofate.billing.provider.PaymentProvider.InvoiceState;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Reads what an invoice bills, once it is finalised and cannot change any more. One that was voided
 * did bill its lines: what is asked for them was decided at the provider.
 */
@ApplicationScoped
public class InvoiceLines {

  private final Transactions transactions;
  private final InvoiceLineStore store;
  private final PaymentProvider provider;
  private final DatabaseClock clock;

  public InvoiceLines(
      Transactions transactions,
      InvoiceLineStore store,
      PaymentProvider provider,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.provider = provider;
    this.clock = clock;
  }

  Uni<Void> read(TenantId tenant, InvoiceState invoice) {
    if (invoice.status() == InvoiceStatus.DRAFT) {
      return Uni.createFrom().voidItem();
    }
    return transactions
        .run(tenant, connection -> store.isRead(connection, invoice.id()))
        .flatMap(
            read ->
                read
                    ? transactions.run(tenant, connection -> compare(connection, invoice.id()))
                    : provider
                        .invoiceLines(invoice.id())
                        .flatMap(
                            lines ->
                                transactions.run(
                                    tenant,
                                    connection -> store(connection, tenant, invoice.id(), lines))));
  }

  private Uni<Void> store(
      SqlConnection connection, TenantId tenant, String invoiceId, List<InvoiceLine> lines) {
    return Multi.createFrom()
        .iterable(lines)
        .onItem()
        .transformToUniAndConcatenate(
            line -> store.insert(connection, tenant, invoiceId, line).replaceWith(line))
        .collect()
        .asList()
        .flatMap(done -> compare(connection, invoiceId));
  }

  /** With every look anew: a report may come, or be found uncounted, after the lines were read. */
  private Uni<Void> compare(SqlConnection connection, String invoiceId) {
    return clock.now(connection).flatMap(now -> store.compare(connection, invoiceId, now));
  }
}
