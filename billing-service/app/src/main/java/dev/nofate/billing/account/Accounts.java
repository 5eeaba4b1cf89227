package dev.nofate.billing.account;

import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** Opens and shows accounts. */
@ApplicationScoped
public class Accounts {

  private final Pool pool;
  private final Transactions transactions;
  private final AccountStore store;
  private final PaymentProvider provider;
  private final DatabaseClock clock;

  public Accounts(
      Pool pool,
      Transactions transactions,
      AccountStore store,
      PaymentProvider provider,
      DatabaseClock clock) {
    this.pool = pool;
    this.transactions = transactions;
    this.store = store;
    this.provider = provider;
    this.clock = clock;
  }

  /** The tenant's account; made when there is none. Two callers at once make one. */
  public Uni<Account> open(TenantId tenant) {
    return store
        .find(pool, tenant)
        .flatMap(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found.get())
                    : provider.customer(tenant).flatMap(customer -> insert(tenant, customer)));
  }

  /** The tenant's account; 404 when there is none. */
  public Uni<Account> require(TenantId tenant) {
    return store.find(pool, tenant).map(found -> found.orElseThrow(ProblemException::notFound));
  }

  private Uni<Account> insert(TenantId tenant, String customer) {
    return transactions.run(
        connection ->
            clock
                .now(connection)
                .flatMap(now -> store.insert(connection, tenant, customer, now))
                .flatMap(done -> store.find(connection, tenant))
                .map(found -> found.orElseThrow()));
  }
}
