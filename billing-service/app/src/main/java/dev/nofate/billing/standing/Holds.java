package dev.nofate.billing.standing;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Holds and releases accounts on an operator's word. */
@ApplicationScoped
public class Holds {

  private final Transactions transactions;
  private final AccountStore accounts;
  private final Outbox outbox;
  private final StandingPublisher publisher;
  private final DatabaseClock clock;

  public Holds(
      Transactions transactions,
      AccountStore accounts,
      Outbox outbox,
      StandingPublisher publisher,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.outbox = outbox;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Suspends an account until it is released; 404 without an account. */
  Uni<Void> hold(TenantId tenant, String reason, UUID actor) {
    return change(tenant, true, reason, actor);
  }

  /** Ends a hold; 404 without an account. */
  Uni<Void> release(TenantId tenant, String reason, UUID actor) {
    return change(tenant, false, reason, actor);
  }

  private Uni<Void> change(TenantId tenant, boolean held, String reason, UUID actor) {
    return Transactions.detached(
        transactions
            .run(tenant, connection -> change(connection, tenant, held, reason, actor))
            .flatMap(account -> publisher.publish(account.toStanding())));
  }

  private Uni<Account> change(
      SqlConnection connection, TenantId tenant, boolean held, String reason, UUID actor) {
    return accounts
        .lock(connection, tenant)
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .flatMap(
            account ->
                account.held() == held
                    ? Uni.createFrom().item(account)
                    : clock
                        .now(connection)
                        .flatMap(now -> change(connection, account, held, reason, actor, now)));
  }

  private Uni<Account> change(
      SqlConnection connection,
      Account account,
      boolean held,
      String reason,
      UUID actor,
      Instant now) {
    Account next = account.withHold(held);
    return accounts
        .hold(connection, next, held ? now : null, held ? reason : null)
        .flatMap(
            done ->
                outbox.add(
                    connection,
                    account.tenant(),
                    "standing_changed",
                    payload(account, next, reason, actor),
                    now))
        .replaceWith(next);
  }

  private static Map<String, Object> payload(Account from, Account to, String reason, UUID actor) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("from", from.toStanding().standing().name());
    payload.put("to", to.toStanding().standing().name());
    payload.put("cause", to.held() ? "operator_hold" : "operator_release");
    payload.put("actor", actor.toString());
    payload.put("reason", reason);
    payload.put("version", to.version());
    return payload;
  }
}
