package dev.nofate.billing.account;

import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Opens and shows accounts. */
@ApplicationScoped
public class Accounts {

  private static final Logger LOG = Logger.getLogger(Accounts.class);

  private final Transactions transactions;
  private final AccountStore store;
  private final PaymentProvider provider;
  private final DatabaseClock clock;

  public Accounts(
      Transactions transactions,
      AccountStore store,
      PaymentProvider provider,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.provider = provider;
    this.clock = clock;
  }

  /**
   * The tenant's account; made when there is none. Two callers at once make one. A subscription
   * that could not be made keeps nothing else waiting: the next call makes it.
   */
  public Uni<Account> open(TenantId tenant) {
    return find(tenant)
        .flatMap(found -> found.isPresent() ? Uni.createFrom().item(found.get()) : openNew(tenant))
        .flatMap(
            account ->
                account.subscriptionId() == null
                    ? subscribe(account)
                    : Uni.createFrom().item(account));
  }

  private Uni<Account> openNew(TenantId tenant) {
    return Transactions.detached(
        provider
            .customer(tenant)
            .onFailure(RuntimeException.class)
            .transform(
                failure ->
                    new ProblemException(
                        ErrorCode.UNAVAILABLE, "The provider did not make a customer"))
            .flatMap(customer -> insert(tenant, customer)));
  }

  private Uni<Account> subscribe(Account account) {
    return Transactions.detached(
        provider
            .subscription(account.tenant(), account.customerId(), account.subscription().replaced())
            .flatMap(
                subscription ->
                    transactions.run(
                        account.tenant(), c -> store.subscribe(c, account.tenant(), subscription)))
            .flatMap(done -> find(account.tenant()))
            .map(Optional::orElseThrow)
            .onFailure()
            .invoke(
                failure ->
                    LOG.warnf(
                        "%s has no subscription yet: %s", account.tenant(), failure.getMessage()))
            .onFailure()
            .recoverWithItem(account));
  }

  /** The tenant's account; 404 when there is none. */
  public Uni<Account> require(TenantId tenant) {
    return find(tenant).map(found -> found.orElseThrow(ProblemException::notFound));
  }

  private Uni<Optional<Account>> find(TenantId tenant) {
    return transactions.run(tenant, connection -> store.find(connection, tenant));
  }

  private Uni<Account> insert(TenantId tenant, String customer) {
    return transactions.run(
        tenant,
        connection ->
            clock
                .now(connection)
                .flatMap(now -> store.insert(connection, tenant, customer, now))
                .flatMap(done -> store.find(connection, tenant))
                .map(found -> found.orElseThrow()));
  }
}
