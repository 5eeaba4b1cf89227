package dev.nofate.billing.standing;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountState;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.time.Rfc3339;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what {@link StandingRules} says, with the audit event that is owed for it. */
@ApplicationScoped
public class StandingChanges {

  private final AccountStore accounts;
  private final Outbox outbox;
  private final GraceSetting grace;

  public StandingChanges(AccountStore accounts, Outbox outbox, GraceSetting grace) {
    this.accounts = accounts;
    this.outbox = outbox;
    this.grace = grace;
  }

  /**
   * Moves a locked account to the state that follows; answers the account as it is afterwards,
   * which is the same one when nothing follows.
   *
   * @param delinquent whether any invoice of the account is delinquent
   */
  public Uni<Account> apply(
      SqlConnection connection, Account account, boolean delinquent, Cause cause, Instant now) {
    AccountState next = StandingRules.next(account.state(), delinquent, now, grace.period());
    if (next.equals(account.state())) {
      return Uni.createFrom().item(account);
    }
    Account moved = account.moved(next);
    return accounts
        .move(connection, moved)
        .flatMap(
            done ->
                outbox.add(
                    connection,
                    account.tenant(),
                    "standing_changed",
                    payload(account, moved, cause),
                    now))
        .replaceWith(moved);
  }

  private static Map<String, Object> payload(Account from, Account to, Cause cause) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("from", from.state().standing().name());
    payload.put("to", to.state().standing().name());
    payload.put("cause", cause.code());
    if (cause.invoiceId() != null) {
      payload.put("invoice_id", cause.invoiceId());
    }
    if (to.state().graceUntil() != null) {
      payload.put("grace_until", Rfc3339.text(to.state().graceUntil()));
    }
    payload.put("version", to.version());
    return payload;
  }

  /**
   * Why a standing changed.
   *
   * @param code {@code invoice_payment_failed}, {@code grace_period_over}, …
   * @param invoiceId the invoice, or null
   */
  public record Cause(String code, String invoiceId) {

    static final Cause GRACE_PERIOD_OVER = new Cause("grace_period_over", null);
  }
}
