package dev.nofate.billing.page;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.page.PaymentMethodStore.Page;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.GivenMethod;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Has invoices paid with what was given on the page that was opened last, in whatever order the
 * pages are told of: an event may be late, and replayed long after.
 */
@ApplicationScoped
public class PaymentMethods {

  private final Transactions transactions;
  private final PaymentMethodStore store;
  private final PaymentProvider provider;

  public PaymentMethods(
      Transactions transactions, PaymentMethodStore store, PaymentProvider provider) {
    this.transactions = transactions;
    this.store = store;
    this.provider = provider;
  }

  /**
   * Adopts what was given on a page, once. The failures are the provider's, and 409 while another
   * page of the tenant is being adopted.
   */
  Uni<Adoption> adopt(Account account, String pageId) {
    return Transactions.detached(
        provider
            .givenMethod(account.customerId(), pageId)
            .flatMap(
                given ->
                    given.isEmpty()
                        ? Uni.createFrom().item(Adoption.NOT_COMPLETED)
                        : transactions.run(
                            account.tenant(),
                            connection -> inTurn(connection, account, pageId, given.get()))));
  }

  private Uni<Adoption> inTurn(
      SqlConnection connection, Account account, String pageId, GivenMethod given) {
    return store
        .turn(connection, account.tenant())
        .invoke(
            got -> {
              if (!got) {
                throw new ProblemException(
                    ErrorCode.CONFLICT, "Another page of the account is being adopted");
              }
            })
        .flatMap(got -> store.adopted(connection, account.tenant()))
        .flatMap(
            adopted -> {
              if (adopted.isPresent() && adopted.get().id().equals(pageId)) {
                return Uni.createFrom().item(Adoption.KNOWN);
              }
              if (adopted.isPresent() && adopted.get().openedAt().isAfter(given.openedAt())) {
                return Uni.createFrom().item(Adoption.OVERTAKEN);
              }
              return replace(connection, account, pageId, given);
            });
  }

  private Uni<Adoption> replace(
      SqlConnection connection, Account account, String pageId, GivenMethod given) {
    return provider
        .payWith(account.customerId(), given.id())
        .flatMap(
            done -> store.adopt(connection, account.tenant(), new Page(pageId, given.openedAt())))
        .replaceWith(Adoption.ADOPTED);
  }

  /** How adopting a page ended. */
  enum Adoption {
    /** Invoices are paid with what was given on it from now on. */
    ADOPTED,
    /** It was adopted before. */
    KNOWN,
    /** One that was opened later was adopted before. */
    OVERTAKEN,
    /** It is no completed page of this customer. */
    NOT_COMPLETED
  }
}
