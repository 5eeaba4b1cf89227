package dev.nofate.billing.report;

import dev.nofate.billing.ledger.Entry;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.time.DatabaseClock;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Keeps others away from a report while this process is at it. The lease is short and is renewed,
 * so that what a killed process was at is taken up after seconds, however long calls may take.
 */
@ApplicationScoped
public class AttemptLease {

  private static final Logger LOG = Logger.getLogger(AttemptLease.class);

  /** Renewals within the length of a lease: two may be lost. */
  private static final int RENEWALS = 3;

  private final Vertx vertx;
  private final Transactions transactions;
  private final AttemptStore attempts;
  private final DatabaseClock clock;
  private final ReportConfig config;

  public AttemptLease(
      Vertx vertx,
      Transactions transactions,
      AttemptStore attempts,
      DatabaseClock clock,
      ReportConfig config) {
    this.vertx = vertx;
    this.transactions = transactions;
    this.attempts = attempts;
    this.clock = clock;
    this.config = config;
  }

  /** Does the work under the lease that its beginning took. */
  <T> Uni<T> keepDuring(Entry entry, Attempt attempt, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              long timer =
                  vertx.setPeriodic(
                      Math.max(1, config.lease().toMillis() / RENEWALS),
                      tick -> renew(entry, attempt));
              return work.get().onTermination().invoke(() -> vertx.cancelTimer(timer));
            });
  }

  private void renew(Entry entry, Attempt attempt) {
    transactions
        .run(
            entry.tenant(),
            c ->
                clock
                    .now(c)
                    .flatMap(
                        now -> attempts.renew(c, entry, attempt, now, now.plus(config.lease()))))
        .subscribe()
        .with(done -> {}, failure -> LOG.debugf(failure, "the lease of a report was not renewed"));
  }
}
