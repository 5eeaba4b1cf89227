package dev.nofate.billing.standing;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.standing.StandingChanges.Cause;
import dev.nofate.billing.time.DatabaseClock;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Suspends accounts whose grace period is over. An account is in grace exactly while one of its
 * invoices is delinquent, since both are written in one transaction under the account's lock.
 */
@ApplicationScoped
public class GraceExpiry {

  /** Accounts per transaction. */
  private static final int BATCH = 100;

  private final Transactions transactions;
  private final AccountStore accounts;
  private final StandingChanges changes;
  private final StandingPublisher publisher;
  private final DatabaseClock clock;

  public GraceExpiry(
      Transactions transactions,
      AccountStore accounts,
      StandingChanges changes,
      StandingPublisher publisher,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.changes = changes;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Suspends every account that is due; answers how many. */
  public Uni<Integer> run() {
    return batch()
        .flatMap(
            suspended ->
                suspended.size() < BATCH
                    ? Uni.createFrom().item(suspended.size())
                    : run().map(more -> more + suspended.size()));
  }

  private Uni<List<Account>> batch() {
    return Transactions.detached(
        transactions
            .run(Purpose.GRACES, this::suspend)
            .call(
                suspended ->
                    Multi.createFrom()
                        .iterable(suspended)
                        .onItem()
                        .transformToUniAndConcatenate(
                            account -> publisher.publish(account.toStanding()))
                        .onItem()
                        .ignoreAsUni()));
  }

  private Uni<List<Account>> suspend(SqlConnection connection) {
    return clock
        .now(connection)
        .flatMap(
            now ->
                accounts
                    .lockGracesOver(connection, now, BATCH)
                    .flatMap(
                        due ->
                            Multi.createFrom()
                                .iterable(due)
                                .onItem()
                                .transformToUniAndConcatenate(
                                    account ->
                                        Transactions.become(connection, account.tenant())
                                            .chain(
                                                () ->
                                                    changes.apply(
                                                        connection,
                                                        account,
                                                        true,
                                                        Cause.GRACE_PERIOD_OVER,
                                                        now)))
                                .collect()
                                .asList()));
  }
}
