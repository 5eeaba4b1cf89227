package dev.nofate.billing.tax;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.Tax;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Has tax computed once the provider knows where a customer is, whichever way it came to know:
 * Checkout, the portal or the dashboard.
 */
@ApplicationScoped
public class Taxes {

  private static final Logger LOG = Logger.getLogger(Taxes.class);

  private static final String REMEMBER =
      """
      UPDATE accounts SET tax = $2 WHERE tenant_id = $1 AND tax IS DISTINCT FROM $2
      """;

  private final Transactions transactions;
  private final PaymentProvider provider;

  public Taxes(Transactions transactions, PaymentProvider provider) {
    this.transactions = transactions;
    this.provider = provider;
  }

  /** Looks at the account's subscription, if it has one that goes on. */
  public Uni<Void> follow(Account account) {
    if (account.subscriptionId() == null || account.subscription().hasEnded()) {
      return Uni.createFrom().voidItem();
    }
    return provider
        .tax(account.customerId(), account.subscriptionId())
        .flatMap(tax -> remember(account.tenant(), tax.orElse(null)));
  }

  private Uni<Void> remember(TenantId tenant, Tax tax) {
    return transactions
        .run(
            tenant,
            connection ->
                connection
                    .preparedQuery(REMEMBER)
                    .execute(Tuple.of(tenant.value(), tax == null ? null : tax.name())))
        .invoke(
            rows -> {
              if (rows.rowCount() == 1 && tax != null && tax != Tax.ON) {
                LOG.warnf("no tax is computed for %s: %s", tenant, tax);
              }
            })
        .replaceWithVoid();
  }
}
