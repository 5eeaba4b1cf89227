package dev.nofate.billing.reconcile;

import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.kit.rhythm.Rhythm;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What does not add up, as gauges without a tenant in them. Each replica reads the same numbers,
 * through indexes that hold the differences alone.
 */
@ApplicationScoped
public class DifferenceGauges {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String COUNTS =
      """
      SELECT
        (SELECT count(*) FROM chain_recounts WHERE evaluations_differ) AS evaluations,
        (SELECT count(*) FROM chain_recounts WHERE units_differ) AS units,
        (SELECT count(*) FROM chain_recounts WHERE hash_differs) AS chain_hash,
        (SELECT count(*) FROM invoices WHERE invoiced_cents <> reported_cents) AS invoiced,
        (SELECT count(*) FROM meter_faults WHERE settled_at IS NULL) AS meter_faults,
        (SELECT count(*) FROM recounts_due) AS uncounted,
        (SELECT count(*) FROM report_attempts WHERE held_reason IS NOT NULL) AS held,
        (SELECT count(*) FROM accounts
          WHERE subscription_status IN ('canceled', 'incomplete_expired')) AS ended,
        (SELECT count(*) FROM accounts WHERE tax IN ('NO_LOCATION', 'REFUSED')) AS untaxed,
        (SELECT count(*) FROM invoices WHERE problem IS NOT NULL AND status = 'DRAFT') AS stuck
      """;

  private static final List<String> CHECKS =
      List.of("evaluations", "units", "chain_hash", "invoiced", "meter_faults");

  private static final Map<String, String> OTHERS =
      Map.of(
          "uncounted", "nofate.billing.reconciliation.uncounted",
          "held", "nofate.billing.reports.held.now",
          "ended", "nofate.billing.subscriptions.ended",
          "untaxed", "nofate.billing.subscriptions.untaxed",
          "stuck", "nofate.billing.invoices.not.finalized");

  private final Transactions transactions;
  private final Rhythm rhythm;
  private final Map<String, AtomicLong> values;

  public DifferenceGauges(
      Transactions transactions, ReconcileConfig config, MeterRegistry metrics) {
    this.transactions = transactions;
    this.rhythm = new Rhythm("difference-gauges", config.gaugeEvery(), this::read);
    this.values =
        CHECKS.stream()
            .collect(
                Collectors.toConcurrentMap(
                    Function.identity(),
                    check ->
                        metrics.gauge(
                            "nofate.billing.reconciliation.differences",
                            List.of(io.micrometer.core.instrument.Tag.of("check", check)),
                            new AtomicLong()),
                    (one, other) -> one,
                    ConcurrentHashMap::new));
    OTHERS.forEach((column, name) -> values.put(column, metrics.gauge(name, new AtomicLong())));
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
            .run(Purpose.DIFFERENCES, connection -> connection.query(COUNTS).execute())
            .await()
            .atMost(PATIENCE)
            .iterator()
            .next();
    values.forEach((column, value) -> value.set(row.getLong(column)));
  }
}
