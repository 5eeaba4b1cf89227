package dev.nofate.billing.report;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.account.BilledSubscription;
import dev.nofate.billing.account.SubscriptionStates;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.BillingCycle;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Asks where the billing of an account stands before usage is metered for it. That a subscription
 * has ended is remembered as if its event had come: the event may be late, lost or parked.
 */
@ApplicationScoped
public class Billings {

  private static final Logger LOG = Logger.getLogger(Billings.class);

  private static final Billing NONE = new Billing.Nowhere("the account has no subscription");
  private static final Billing ENDED = new Billing.Nowhere("the subscription has ended");
  private static final Billing FOREIGN =
      new Billing.Nowhere("the subscription's price does not bill the meter that is reported to");

  private final Transactions transactions;
  private final AccountStore accounts;
  private final PaymentProvider provider;
  private final SubscriptionStates states;

  public Billings(
      Transactions transactions,
      AccountStore accounts,
      PaymentProvider provider,
      SubscriptionStates states) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.provider = provider;
    this.states = states;
  }

  Uni<Billing> of(Account account) {
    if (account.subscriptionId() == null) {
      return Uni.createFrom().item(NONE);
    }
    if (account.subscription().hasEnded()) {
      return Uni.createFrom().item(ENDED);
    }
    return provider.cycle(account.subscriptionId()).flatMap(cycle -> of(account, cycle));
  }

  private Uni<Billing> of(Account account, BillingCycle cycle) {
    BilledSubscription before = account.subscription();
    if (new BilledSubscription(before.id(), cycle.status(), before.replaced()).hasEnded()) {
      return transactions
          .run(account.tenant(), connection -> remember(connection, account, cycle.status()))
          .replaceWith(ENDED);
    }
    if (!cycle.bills()) {
      LOG.errorf(
          "nothing is reported for %s: its subscription has another price", account.tenant());
      return Uni.createFrom().item(FOREIGN);
    }
    return Uni.createFrom().item(new Billing.Open(before.id(), cycle));
  }

  private Uni<Void> remember(SqlConnection connection, Account asked, String status) {
    return accounts
        .lock(connection, asked.tenant())
        .map(found -> found.orElseThrow())
        .flatMap(
            account ->
                asked.subscription().equals(account.subscription())
                    ? states.change(connection, account, status, null)
                    : Uni.createFrom().voidItem());
  }
}
