package dev.nofate.billing.subscription;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.contract.SettlementApi.Noticed;
import dev.nofate.billing.contract.SettlementApi.Result;
import dev.nofate.billing.contract.SubscriptionNotice;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Follows a subscription. An event only says that something happened: the provider is asked where
 * the subscription stands, so it does not matter in which order events come, or how often.
 */
@ApplicationScoped
public class SubscriptionNotices {

  private static final Logger LOG = Logger.getLogger(SubscriptionNotices.class);
  private static final Pattern ID = Pattern.compile("sub_[A-Za-z0-9_]{1,200}");

  private final Transactions transactions;
  private final AccountStore accounts;
  private final PaymentProvider provider;
  private final Outbox outbox;
  private final DatabaseClock clock;

  public SubscriptionNotices(
      Transactions transactions,
      AccountStore accounts,
      PaymentProvider provider,
      Outbox outbox,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.provider = provider;
    this.outbox = outbox;
    this.clock = clock;
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
    return accounts
        .subscriptionStatus(connection, account.tenant(), notice.subscriptionId(), status)
        .flatMap(done -> clock.now(connection))
        .flatMap(
            now ->
                outbox.add(
                    connection,
                    account.tenant(),
                    "admin_action",
                    payload(account, notice, status),
                    now))
        .flatMap(done -> accounts.find(connection, account.tenant()))
        .map(Optional::orElseThrow)
        .invoke(
            after -> {
              if (after.subscription().hasEnded()) {
                LOG.errorf(
                    "the subscription of %s has ended: its usage waits for another one",
                    account.tenant());
              }
            })
        .replaceWith(Result.APPLIED);
  }

  private static Map<String, Object> payload(
      Account account, SubscriptionNotice notice, String status) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("action", "subscription_state_changed");
    payload.put("subscription_id", notice.subscriptionId());
    if (account.subscription().status() != null) {
      payload.put("from", account.subscription().status());
    }
    payload.put("to", status);
    payload.put("event_id", notice.eventId());
    return payload;
  }
}
