package dev.nofate.billing.reconcile;

import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.kit.rhythm.Rhythm;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * For how long the oldest of what a worker or Stripe has to take has waited, in seconds and without
 * a tenant in it: it grows when nobody comes. 0 when nothing waits. Each replica reads the same.
 */
@ApplicationScoped
public class WaitingGauges {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A row of an index each; of unreported entries the first a tenant, by its number. */
  private static final String AGES =
      """
      SELECT
        (SELECT received_at FROM stripe_events
          WHERE state IN ('PENDING', 'LEASED') ORDER BY arrival LIMIT 1) AS webhook,
        (SELECT created_at FROM audit_outbox
          WHERE recorded_at IS NULL ORDER BY arrival LIMIT 1) AS outbox,
        (SELECT min(l.filed_at)
           FROM accounts a
           LEFT JOIN LATERAL (
             SELECT entry_no FROM usage_reports
              WHERE tenant_id = a.tenant_id ORDER BY entry_no DESC LIMIT 1) r ON true
           JOIN usage_ledger l
             ON l.tenant_id = a.tenant_id AND l.entry_no = coalesce(r.entry_no, 0) + 1) AS report
      """;

  private static final String SECONDS =
      """
      SELECT greatest(0, extract(epoch FROM $1::timestamptz - webhook))::bigint AS webhook,
             greatest(0, extract(epoch FROM $1::timestamptz - outbox))::bigint AS outbox,
             greatest(0, extract(epoch FROM $1::timestamptz - report))::bigint AS report
        FROM (%s) AS oldest
      """
          .formatted(AGES);

  private static final Map<String, String> NAMES =
      Map.of(
          "webhook", "nofate.billing.webhook.oldest.seconds",
          "outbox", "nofate.billing.outbox.oldest.seconds",
          "report", "nofate.billing.reports.oldest.seconds");

  private final Transactions transactions;
  private final DatabaseClock clock;
  private final Rhythm rhythm;
  private final Map<String, AtomicLong> ages = new TreeMap<>();

  public WaitingGauges(
      Transactions transactions,
      DatabaseClock clock,
      ReconcileConfig config,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.clock = clock;
    this.rhythm = new Rhythm("waiting-gauges", config.gaugeEvery(), this::read);
    NAMES.forEach((column, name) -> ages.put(column, metrics.gauge(name, new AtomicLong())));
  }

  void begin(@Observes StartupEvent event) {
    rhythm.start();
  }

  void end(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    rhythm.end(PATIENCE);
  }

  void read() {
    Row row =
        transactions
            .run(
                Purpose.DIFFERENCES,
                connection ->
                    clock
                        .now(connection)
                        .chain(
                            now -> connection.preparedQuery(SECONDS).execute(Tuple.of(utc(now)))))
            .await()
            .atMost(PATIENCE)
            .iterator()
            .next();
    ages.forEach((column, age) -> age.set(row.getLong(column)));
  }
}
