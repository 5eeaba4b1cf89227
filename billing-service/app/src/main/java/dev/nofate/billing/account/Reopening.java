package dev.nofate.billing.account;

import dev.nofate.billing.call.NumberedCalls;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.Realm;
import dev.nofate.billing.time.DatabaseClock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Opens an account of mock mode at Stripe once the mode is production. What was reported to the
 * recorded provider stays reported, so none of it is billed. There is no way back, and none from
 * one of Stripe's modes to the other.
 */
@ApplicationScoped
public class Reopening {

  private static final Logger LOG = Logger.getLogger(Reopening.class);

  private final Transactions transactions;
  private final AccountStore store;
  private final PaymentProvider provider;
  private final NumberedCalls calls;
  private final Outbox outbox;
  private final DatabaseClock clock;

  public Reopening(
      Transactions transactions,
      AccountStore store,
      PaymentProvider provider,
      NumberedCalls calls,
      Outbox outbox,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.provider = provider;
    this.calls = calls;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** The account as it is then; unchanged when it is not one of mock mode, or Stripe fails. */
  Uni<Account> reopen(Account account) {
    if (account.realm() != Realm.MOCK || provider.realm() == Realm.MOCK) {
      return Uni.createFrom().item(account);
    }
    return Transactions.detached(
        calls
            .make(
                account.tenant(), "customer", number -> provider.customer(account.tenant(), number))
            .flatMap(
                customer -> transactions.run(account.tenant(), c -> reopen(c, account, customer)))
            .onFailure()
            .invoke(
                failure ->
                    LOG.warnf(
                        "%s is not open at Stripe yet: %s", account.tenant(), failure.getMessage()))
            .onFailure()
            .recoverWithItem(account));
  }

  private Uni<Account> reopen(SqlConnection connection, Account account, String customer) {
    return store
        .lock(connection, account.tenant())
        .flatMap(locked -> clock.now(connection))
        .flatMap(
            now ->
                store
                    .reopen(connection, customer, provider.realm())
                    .flatMap(
                        reopened ->
                            reopened
                                ? audit(connection, account, customer, now)
                                : Uni.createFrom().voidItem()))
        .flatMap(done -> store.find(connection, account.tenant()))
        .map(Optional::orElseThrow);
  }

  private Uni<Void> audit(SqlConnection connection, Account account, String customer, Instant now) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("action", "account_reopened");
    payload.put("from", account.realm().name().toLowerCase(Locale.ROOT));
    payload.put("to", provider.realm().name().toLowerCase(Locale.ROOT));
    payload.put("from_customer_id", account.customerId());
    payload.put("to_customer_id", customer);
    return outbox.add(connection, account.tenant(), "admin_action", payload, now);
  }
}
