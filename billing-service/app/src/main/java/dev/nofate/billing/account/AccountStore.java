package dev.nofate.billing.account;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.account.AccountState.Active;
import dev.nofate.billing.account.AccountState.Grace;
import dev.nofate.billing.account.AccountState.Suspended;
import dev.nofate.billing.contract.Standing;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.billing.provider.Realm;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The accounts. Whoever writes anything of a tenant locks its account first. */
@ApplicationScoped
public class AccountStore {

  private static final String INSERT =
      """
      INSERT INTO accounts (tenant_id, stripe_customer_id, realm, created_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (tenant_id) DO NOTHING
      """;

  private static final String ACCOUNTS =
      """
      SELECT tenant_id, stripe_customer_id, stripe_subscription_id, subscription_status,
        replaced_subscription_id, realm, standing, grace_since, grace_until, version, held_since
      FROM accounts
      """;

  private static final String FIND = ACCOUNTS + "WHERE tenant_id = $1\n";

  private static final String LOCK = FIND + "FOR UPDATE";

  private static final String LOCK_BY_CUSTOMER =
      ACCOUNTS + "WHERE stripe_customer_id = $1 FOR UPDATE";

  private static final String LOCK_GRACES_OVER =
      ACCOUNTS
          + """
      WHERE standing = 'GRACE' AND grace_until <= $1
      ORDER BY grace_until, tenant_id LIMIT $2
      FOR UPDATE SKIP LOCKED
      """;

  private static final String SUBSCRIBE =
      """
      UPDATE accounts SET stripe_subscription_id = $2
      WHERE tenant_id = $1 AND stripe_subscription_id IS NULL
      """;

  private static final String SUBSCRIPTION_STATUS =
      """
      UPDATE accounts SET subscription_status = $3
      WHERE tenant_id = $1 AND stripe_subscription_id = $2
      """;

  private static final String RENEW =
      """
      UPDATE accounts SET replaced_subscription_id = stripe_subscription_id,
        stripe_subscription_id = NULL, subscription_status = NULL
      WHERE tenant_id = $1
      """;

  private static final String NEXT_POLL =
      """
      UPDATE accounts SET invoices_polled_at = $1
      WHERE tenant_id = (
        SELECT tenant_id FROM accounts
        WHERE (realm = $3 OR realm IS NULL AND $3 <> 'MOCK') AND tenant_id <> $4
          AND (invoices_polled_at IS NULL OR invoices_polled_at <= $2)
        ORDER BY invoices_polled_at NULLS FIRST, tenant_id LIMIT 1
        FOR UPDATE SKIP LOCKED)
      RETURNING tenant_id, stripe_customer_id, stripe_subscription_id, subscription_status,
        replaced_subscription_id, realm, standing, grace_since, grace_until, version, held_since
      """;

  private static final String REOPEN =
      """
      SELECT reopen_account($1, $2) AS reopened
      """;

  private static final String ADOPT =
      """
      SELECT adopt_realm($1) AS adopted
      """;

  private static final String OPEN_ELSEWHERE =
      """
      SELECT count(*) AS accounts FROM accounts
      WHERE realm <> 'MOCK' AND realm <> $1
        OR realm IS NULL AND $1 = 'MOCK' AND tenant_id <> $2
      """;

  private static final String HOLD =
      """
      UPDATE accounts SET held_since = $2, hold_reason = $3, version = $4
      WHERE tenant_id = $1 AND version = $4 - 1
      """;

  private static final String MOVE =
      """
      UPDATE accounts SET standing = $2, grace_since = $3, grace_until = $4, version = $5
      WHERE tenant_id = $1 AND version = $5 - 1
      """;

  /** Makes an account unless there is one. */
  Uni<Void> insert(SqlClient client, TenantId tenant, String customerId, Realm realm, Instant now) {
    return client
        .preparedQuery(INSERT)
        .execute(
            Tuple.of(tenant.value(), customerId, realm == null ? null : realm.name(), utc(now)))
        .replaceWithVoid();
  }

  /** Gives a mock account of the transaction's tenant a customer of Stripe's; answers whether. */
  Uni<Boolean> reopen(SqlConnection connection, String customerId, Realm realm) {
    return connection
        .preparedQuery(REOPEN)
        .execute(Tuple.of(customerId, realm.name()))
        .map(rows -> rows.iterator().next().getBoolean("reopened"));
  }

  /** Writes down where the transaction's tenant is open, unless that is known; answers whether. */
  Uni<Boolean> adopt(SqlConnection connection, Realm realm) {
    return connection
        .preparedQuery(ADOPT)
        .execute(Tuple.of(realm.name()))
        .map(rows -> rows.iterator().next().getBoolean("adopted"));
  }

  /** How many accounts are open at Stripe, and certainly not in this realm. */
  Uni<Long> openElsewhere(SqlClient client, Realm realm) {
    return client
        .preparedQuery(OPEN_ELSEWHERE)
        .execute(Tuple.of(realm.name(), TenantId.OPERATOR.value()))
        .map(rows -> rows.iterator().next().getLong("accounts"));
  }

  /** Remembers the subscription of an account that has none. */
  public Uni<Void> subscribe(SqlClient client, TenantId tenant, String subscriptionId) {
    return client
        .preparedQuery(SUBSCRIBE)
        .execute(Tuple.of(tenant.value(), subscriptionId))
        .replaceWithVoid();
  }

  /** Remembers where a subscription stands, unless the account has another one by now. */
  public Uni<Void> subscriptionStatus(
      SqlClient client, TenantId tenant, String subscriptionId, String status) {
    return client
        .preparedQuery(SUBSCRIPTION_STATUS)
        .execute(Tuple.of(tenant.value(), subscriptionId, status))
        .replaceWithVoid();
  }

  /** Sets an ended subscription aside, so that another one is made. */
  public Uni<Void> renew(SqlClient client, TenantId tenant) {
    return client.preparedQuery(RENEW).execute(Tuple.of(tenant.value())).replaceWithVoid();
  }

  /** The account of a realm whose invoices were not looked at longest, if before a time. */
  public Uni<Optional<Account>> nextToPoll(
      SqlClient client, Realm realm, Instant now, Instant before) {
    return client
        .preparedQuery(NEXT_POLL)
        .execute(Tuple.of(utc(now), utc(before), realm.name(), TenantId.OPERATOR.value()))
        .map(rows -> Sql.first(rows, AccountStore::account));
  }

  public Uni<Optional<Account>> find(SqlClient client, TenantId tenant) {
    return one(client, FIND, tenant.value());
  }

  /** The account, locked until the transaction ends. */
  public Uni<Optional<Account>> lock(SqlConnection connection, TenantId tenant) {
    return one(connection, LOCK, tenant.value());
  }

  /** The account of a customer, locked until the transaction ends. */
  public Uni<Optional<Account>> lockByCustomer(SqlConnection connection, String customerId) {
    return one(connection, LOCK_BY_CUSTOMER, customerId);
  }

  /** Accounts whose grace period is over and that nobody else has locked. */
  public Uni<List<Account>> lockGracesOver(SqlConnection connection, Instant now, int limit) {
    return connection
        .preparedQuery(LOCK_GRACES_OVER)
        .execute(Tuple.of(utc(now), limit))
        .map(rows -> Sql.all(rows, AccountStore::account));
  }

  /** Writes the next version of a locked account that is held or released. */
  public Uni<Void> hold(SqlConnection connection, Account next, Instant since, String reason) {
    return connection
        .preparedQuery(HOLD)
        .execute(Tuple.of(next.tenant().value(), utc(since), reason, next.version()))
        .invoke(rows -> requireOne(rows.rowCount()))
        .replaceWithVoid();
  }

  /** Writes the next version of a locked account. */
  public Uni<Void> move(SqlConnection connection, Account next) {
    Grace grace = next.state() instanceof Grace g ? g : null;
    return connection
        .preparedQuery(MOVE)
        .execute(
            Tuple.of(
                next.tenant().value(),
                next.state().standing().name(),
                utc(grace == null ? null : grace.since()),
                utc(grace == null ? null : grace.until()),
                next.version()))
        .invoke(rows -> requireOne(rows.rowCount()))
        .replaceWithVoid();
  }

  private static void requireOne(int rows) {
    if (rows != 1) {
      throw new IllegalStateException("the account was not at the version before");
    }
  }

  private static Uni<Optional<Account>> one(SqlClient client, String sql, Object key) {
    return client
        .preparedQuery(sql)
        .execute(Tuple.of(key))
        .map(rows -> Sql.first(rows, AccountStore::account));
  }

  private static Account account(Row row) {
    return new Account(
        new TenantId(row.getUUID("tenant_id")),
        row.getString("stripe_customer_id"),
        realm(row.getString("realm")),
        new BilledSubscription(
            row.getString("stripe_subscription_id"),
            row.getString("subscription_status"),
            row.getString("replaced_subscription_id")),
        state(row),
        row.getOffsetDateTime("held_since") != null,
        row.getLong("version"));
  }

  private static Realm realm(String name) {
    return name == null ? null : Realm.valueOf(name);
  }

  private static AccountState state(Row row) {
    return switch (Standing.valueOf(row.getString("standing"))) {
      case ACTIVE -> new Active();
      case GRACE -> new Grace(instant(row, "grace_since"), instant(row, "grace_until"));
      case SUSPENDED -> new Suspended();
    };
  }
}
