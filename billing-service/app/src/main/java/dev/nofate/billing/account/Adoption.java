package dev.nofate.billing.account;

import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.Realm;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Writes down where an account from before realms were written down is open: where Stripe first
 * says that it knows the customer. Until then nothing is told of it, in either of Stripe's modes;
 * the recorded provider never has such a customer.
 */
@ApplicationScoped
public class Adoption {

  private static final Logger LOG = Logger.getLogger(Adoption.class);

  private final Transactions transactions;
  private final AccountStore store;
  private final PaymentProvider provider;

  public Adoption(Transactions transactions, AccountStore store, PaymentProvider provider) {
    this.transactions = transactions;
    this.store = store;
    this.provider = provider;
  }

  /** The account as it is then; unchanged when its realm is known, or Stripe does not say so. */
  public Uni<Account> adopt(Account account) {
    if (account.realm() != null || !account.isBilled() || provider.realm() == Realm.MOCK) {
      return Uni.createFrom().item(account);
    }
    return Transactions.detached(
        provider
            .requireCustomer(account.customerId())
            .flatMap(
                known ->
                    transactions.run(
                        account.tenant(),
                        connection ->
                            store
                                .adopt(connection, provider.realm())
                                .flatMap(done -> store.find(connection, account.tenant()))
                                .map(Optional::orElseThrow)))
            .onFailure()
            .invoke(
                failure ->
                    LOG.warnf(
                        "where %s is open is not known: %s",
                        account.tenant(), failure.getMessage()))
            .onFailure()
            .recoverWithItem(account));
  }
}
