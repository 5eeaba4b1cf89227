package dev.nofate.billing.webhook;

import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.kit.rhythm.Rhythm;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;

/**
 * Forgets finished events after a time: names, e-mail and postal addresses of customers stand in
 * them. What came of an event stays, in invoices, standing and the audit log. Parked ones and those
 * that wait are kept. Replicas share the work.
 */
@ApplicationScoped
public class StripeEventRetention {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AT_ONCE = 1_000;
  private static final int BATCHES = 100;

  private static final String FORGET = "SELECT forget_events($1, $2) AS forgotten";

  private final Transactions transactions;
  private final DatabaseClock clock;
  private final WebhookConfig config;
  private final Rhythm rhythm;

  public StripeEventRetention(
      Transactions transactions, DatabaseClock clock, WebhookConfig config) {
    this.transactions = transactions;
    this.clock = clock;
    this.config = config;
    this.rhythm = new Rhythm("stripe-event-retention", config.forgetEvery(), this::forget);
  }

  void begin(@Observes StartupEvent event) {
    rhythm.start();
  }

  void end(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    rhythm.end(PATIENCE);
  }

  void forget() {
    int forgotten = AT_ONCE;
    for (int batch = 0; batch < BATCHES && forgotten == AT_ONCE; batch++) {
      forgotten =
          transactions
              .run(
                  connection ->
                      clock
                          .now(connection)
                          .flatMap(now -> forget(connection, now.minus(config.kept()))))
              .await()
              .atMost(PATIENCE);
    }
  }

  private static Uni<Integer> forget(SqlConnection connection, Instant before) {
    return connection
        .preparedQuery(FORGET)
        .execute(Tuple.of(utc(before), AT_ONCE))
        .map(rows -> rows.iterator().next().getInteger("forgotten"));
  }
}
