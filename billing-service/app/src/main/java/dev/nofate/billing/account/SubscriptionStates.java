package dev.nofate.billing.account;

import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.time.DatabaseClock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Remembers where an account's subscription stands at the provider, and has it audited. */
@ApplicationScoped
public class SubscriptionStates {

  private static final Logger LOG = Logger.getLogger(SubscriptionStates.class);

  private final AccountStore accounts;
  private final Outbox outbox;
  private final DatabaseClock clock;

  public SubscriptionStates(AccountStore accounts, Outbox outbox, DatabaseClock clock) {
    this.accounts = accounts;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Within the transaction that locked the account.
   *
   * @param status the provider's word for it now
   * @param eventId of the event that told; null when the provider was asked without one
   */
  public Uni<Void> change(
      SqlConnection connection, Account account, String status, String eventId) {
    return accounts
        .subscriptionStatus(connection, account.tenant(), account.subscriptionId(), status)
        .flatMap(done -> clock.now(connection))
        .flatMap(
            now ->
                outbox.add(
                    connection,
                    account.tenant(),
                    "admin_action",
                    payload(account, status, eventId),
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
        .replaceWithVoid();
  }

  private static Map<String, Object> payload(Account account, String status, String eventId) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("action", "subscription_state_changed");
    payload.put("subscription_id", account.subscriptionId());
    if (account.subscription().status() != null) {
      payload.put("from", account.subscription().status());
    }
    payload.put("to", status);
    if (eventId != null) {
      payload.put("event_id", eventId);
    }
    return payload;
  }
}
