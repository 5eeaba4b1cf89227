package dev.nofate.billing.item;

import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.call.NumberedCalls;
import dev.nofate.billing.ledger.LedgerStore;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.Usage;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Has usage that was reported, and that nothing bills, billed as an item of the next invoice. An
 * item is looked up by its usage hash before it is added, so doing this again, or after dying in
 * the middle, bills nothing twice.
 */
@ApplicationScoped
public class InvoiceItems {

  private static final String REMEMBER =
      """
      INSERT INTO rebilled_entries (tenant_id, entry_no, added_at)
      VALUES ($1, $2, $3)
      ON CONFLICT DO NOTHING
      """;

  private final Transactions transactions;
  private final Accounts accounts;
  private final LedgerStore ledger;
  private final PaymentProvider provider;
  private final NumberedCalls calls;
  private final DatabaseClock clock;

  public InvoiceItems(
      Transactions transactions,
      Accounts accounts,
      LedgerStore ledger,
      PaymentProvider provider,
      NumberedCalls calls,
      DatabaseClock clock) {
    this.calls = calls;
    this.clock = clock;
    this.transactions = transactions;
    this.accounts = accounts;
    this.ledger = ledger;
    this.provider = provider;
  }

  /** Bills an entry's report, and answers whether an item was added; 502 is the provider's. */
  public Uni<Boolean> bill(TenantId tenant, long entryNo) {
    return Uni.combine()
        .all()
        .unis(
            accounts.require(tenant),
            transactions.run(tenant, c -> ledger.find(c, tenant, entryNo)))
        .asTuple()
        .flatMap(
            facts -> {
              var entry = facts.getItem2().orElseThrow();
              if (entry.reported() == null || entry.reported().quantityCents() == 0) {
                return Uni.createFrom().item(false);
              }
              Usage usage =
                  new Usage(
                      facts.getItem1().customerId(),
                      entry.usageHash(),
                      entry.reported().quantityCents(),
                      entry.lastSecond());
              return calls
                  .make(tenant, "item " + entryNo, number -> add(usage, number))
                  .call(added -> remember(tenant, entryNo));
            })
        .onFailure(failure -> !(failure instanceof ProblemException))
        .transform(
            failure ->
                new ProblemException(
                    ErrorCode.BAD_GATEWAY, "The provider: " + failure.getMessage()));
  }

  private Uni<Boolean> add(Usage usage, int number) {
    String call = number == 0 ? "item" : "item/again/" + number;
    return provider
        .invoiceItem(usage)
        .flatMap(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(false)
                    : provider.addInvoiceItem(usage, call).replaceWith(true));
  }

  private Uni<Void> remember(TenantId tenant, long entryNo) {
    return transactions.run(
        tenant,
        connection ->
            clock
                .now(connection)
                .flatMap(
                    now ->
                        connection
                            .preparedQuery(REMEMBER)
                            .execute(Tuple.of(tenant.value(), entryNo, utc(now))))
                .replaceWithVoid());
  }
}
