package dev.nofate.billing.subscription;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.account.SubscriptionStates;
import dev.nofate.billing.contract.SettlementApi.Noticed;
import dev.nofate.billing.contract.SettlementApi.Result;
import dev.nofate.billing.contract.SubscriptionNotice;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/**
 * Follows a subscription. An event only says that something happened: the provider is asked where
 * the subscription stands, so it does not matter in which order events come, or how often.
 */
@ApplicationScoped
public class SubscriptionNotices {

  private static final Pattern ID = Pattern.compile("sub_[A-Za-z0-9_]{1,200}");

  private final Transactions transactions;
  private final AccountStore accounts;
  private final PaymentProvider provider;
  private final SubscriptionStates states;

  public SubscriptionNotices(
      Transactions transactions,
      AccountStore accounts,
      PaymentProvider provider,
      SubscriptionStates states) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.provider = provider;
    this.states = states;
  }

  /** Remembers where the subscription stands now; 502 when the provider does not say. */
  public Uni<Noticed> notice(SubscriptionNotice notice) {
    if (notice == null
        || notice.customerId() == null
        || notice.subscriptionId() == null
        || !ID.matcher(notice.subscriptionId()).matches()) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The notice is not well-formed");
    }
    return Transactions.detached(
        provider
            .subscriptionStatus(notice.subscriptionId())
            .onFailure()
            .transform(
                failure ->
                    new ProblemException(
                        ErrorCode.BAD_GATEWAY, "The provider: " + failure.getMessage()))
            .flatMap(
                status ->
                    transactions.run(
                        Purpose.CUSTOMERS, connection -> remember(connection, notice, status)))
            .map(Noticed::new));
  }

  private Uni<Result> remember(SqlConnection connection, SubscriptionNotice notice, String status) {
    return accounts
        .lockByCustomer(connection, notice.customerId())
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Result.UNKNOWN_CUSTOMER)
                    : Transactions.become(connection, found.get().tenant())
                        .chain(() -> remember(connection, found.get(), notice, status)));
  }

  /** Another subscription of the customer than the account's is none of ours. */
  private Uni<Result> remember(
      SqlConnection connection, Account account, SubscriptionNotice notice, String status) {
    boolean changes =
        notice.subscriptionId().equals(account.subscriptionId())
            && !status.equals(account.subscription().status());
    if (!changes) {
      return Uni.createFrom().item(Result.UNCHANGED);
    }
    return states.change(connection, account, status, notice.eventId()).replaceWith(Result.APPLIED);
  }
}
