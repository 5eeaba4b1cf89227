package dev.nofate.billing.account;

import dev.nofate.billing.call.NumberedCalls;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.Realm;
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

  /** In the place of a customer: the operator is nobody's. */
  private static final String NOBODY = "cus_operator";

  private final Transactions transactions;
  private final AccountStore store;
  private final Adoption adoption;
  private final Reopening reopening;
  private final NumberedCalls calls;
  private final PaymentProvider provider;
  private final DatabaseClock clock;

  public Accounts(
      Transactions transactions,
      AccountStore store,
      Adoption adoption,
      Reopening reopening,
      NumberedCalls calls,
      PaymentProvider provider,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.adoption = adoption;
    this.reopening = reopening;
    this.calls = calls;
    this.provider = provider;
    this.clock = clock;
  }

  /**
   * The tenant's account; made when there is none. Two callers at once make one. A customer or a
   * subscription of an account that could not be made keeps nothing else waiting: the next call
   * makes it.
   */
  public Uni<Account> open(TenantId tenant) {
    return find(tenant)
        .flatMap(found -> found.isPresent() ? Uni.createFrom().item(found.get()) : openNew(tenant))
        .flatMap(this::atProvider);
  }

  /** The tenant's account; 404 when there is none. */
  public Uni<Account> require(TenantId tenant) {
    return find(tenant).map(found -> found.orElseThrow(ProblemException::notFound));
  }

  /**
   * The tenant's account, open at the provider that is configured unless nobody bills it; 404 when
   * there is none, 502 when the provider does not open it.
   */
  public Uni<Account> requireOpen(TenantId tenant) {
    return require(tenant)
        .flatMap(this::atProvider)
        .invoke(
            account -> {
              if (account.isBilled() && !account.isOpenIn(provider.realm())) {
                throw new ProblemException(
                    ErrorCode.BAD_GATEWAY, "The account is not open at the provider");
              }
            });
  }

  private Uni<Account> openNew(TenantId tenant) {
    if (tenant.equals(TenantId.OPERATOR)) {
      return insert(tenant, NOBODY, null);
    }
    return Transactions.detached(
        calls
            .make(tenant, "customer", number -> provider.customer(tenant, number))
            .onFailure(RuntimeException.class)
            .transform(
                failure ->
                    new ProblemException(
                        ErrorCode.UNAVAILABLE, "The provider did not make a customer"))
            .flatMap(customer -> insert(tenant, customer, provider.realm())));
  }

  private Uni<Account> atProvider(Account account) {
    if (!account.isBilled()) {
      return Uni.createFrom().item(account);
    }
    return account.isOpenIn(provider.realm())
        ? subscribed(account)
        : adoption.adopt(account).flatMap(reopening::reopen).flatMap(this::subscribed);
  }

  private Uni<Account> subscribed(Account account) {
    return account.subscriptionId() == null && account.isOpenIn(provider.realm())
        ? subscribe(account)
        : Uni.createFrom().item(account);
  }

  private Uni<Account> subscribe(Account account) {
    return Transactions.detached(
        calls
            .make(
                account.tenant(),
                "subscription of " + account.customerId(),
                number ->
                    provider.subscription(
                        account.tenant(),
                        account.customerId(),
                        account.subscription().replaced(),
                        number))
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

  private Uni<Optional<Account>> find(TenantId tenant) {
    return transactions.run(tenant, connection -> store.find(connection, tenant));
  }

  private Uni<Account> insert(TenantId tenant, String customer, Realm realm) {
    return transactions.run(
        tenant,
        connection ->
            clock
                .now(connection)
                .flatMap(now -> store.insert(connection, tenant, customer, realm, now))
                .flatMap(done -> store.find(connection, tenant))
                .map(found -> found.orElseThrow()));
  }
}
