package dev.nofate.billing.reconcile;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.time.BillingMonth;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.TenantId;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Cents that were reported, and that no invoice known here bills though the period that should have
 * is over. Subscriptions are billed on the first of each month, so a metered entry is due with the
 * month that it ends in, and an item with the month that it was added in. An entry that the meter
 * did not count is left to its fault, and once it was rebilled it is an item like another.
 *
 * <p>What it reads are the stretches that no metered line covers, not the ledger: lines are a few a
 * tenant and year. Each replica reads the same; a line of the log names the tenants.
 */
@ApplicationScoped
public class UnbilledGauge {

  private static final Logger LOG = Logger.getLogger(UnbilledGauge.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String UNBILLED =
      """
      WITH billed AS MATERIALIZED (
        SELECT a.tenant_id, coalesce(mocked.period_end, '-infinity') AS since
        FROM accounts a
        LEFT JOIN LATERAL (
          -- What the recorded provider was told is on no invoice, and comes before all else.
          SELECT l.period_end FROM usage_reports r
          JOIN usage_ledger l ON l.tenant_id = r.tenant_id AND l.entry_no = r.entry_no
          WHERE r.tenant_id = a.tenant_id AND r.mode = 'mock'
          ORDER BY r.entry_no DESC LIMIT 1) mocked ON true
        WHERE a.realm IS DISTINCT FROM 'MOCK' AND a.tenant_id <> $2),
      covered AS (
        SELECT tenant_id, period_start, period_end FROM invoice_lines JOIN billed USING (tenant_id)
        WHERE kind = 'METERED'
        UNION ALL SELECT tenant_id, '-infinity', since FROM billed
        UNION ALL SELECT tenant_id, $1, $1 FROM billed),
      gaps AS MATERIALIZED (
        SELECT tenant_id, period_start AS until, max(period_end) OVER (
          PARTITION BY tenant_id ORDER BY period_start, period_end
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS since
        FROM covered),
      metered AS (
        SELECT l.tenant_id, l.period_end, r.quantity_cents
        FROM gaps g
        JOIN usage_ledger l ON l.tenant_id = g.tenant_id
          AND l.period_end > g.since AND l.period_end <= g.until
        JOIN usage_reports r ON r.tenant_id = l.tenant_id AND r.entry_no = l.entry_no
        WHERE g.since < g.until AND g.until <= $1
          AND r.mode = 'production' AND r.quantity_cents > 0
          AND r.provider_reference NOT LIKE 'ii\\_%'
          AND NOT EXISTS (SELECT FROM meter_fault_entries f
            WHERE f.tenant_id = l.tenant_id AND f.entry_no = l.entry_no)
          AND NOT EXISTS (SELECT FROM rebilled_entries b
            WHERE b.tenant_id = l.tenant_id AND b.entry_no = l.entry_no)
          AND NOT EXISTS (SELECT FROM invoice_lines x
            WHERE x.usage_hash = l.usage_hash AND x.kind = 'ITEM' AND x.tenant_id = l.tenant_id)),
      added AS (
        SELECT tenant_id, entry_no, reported_at AS added_at FROM usage_reports
        WHERE provider_reference LIKE 'ii\\_%'
        UNION ALL SELECT tenant_id, entry_no, added_at FROM rebilled_entries),
      items AS (
        SELECT l.tenant_id, l.period_end, r.quantity_cents
        FROM added i
        JOIN billed a ON a.tenant_id = i.tenant_id
        JOIN usage_ledger l ON l.tenant_id = i.tenant_id AND l.entry_no = i.entry_no
        JOIN usage_reports r ON r.tenant_id = i.tenant_id AND r.entry_no = i.entry_no
        WHERE i.added_at < $1 AND r.mode = 'production'
          AND NOT EXISTS (SELECT FROM invoice_lines x
            WHERE x.usage_hash = l.usage_hash AND x.kind = 'ITEM' AND x.tenant_id = l.tenant_id))
      SELECT tenant_id, sum(quantity_cents)::bigint AS cents, min(period_end) AS oldest
      FROM (TABLE metered UNION ALL TABLE items) unbilled
      GROUP BY tenant_id
      """;

  private final Transactions transactions;
  private final DatabaseClock clock;
  private final ReconcileConfig config;
  private final Rhythm rhythm;
  private final AtomicLong cents;
  private Map<TenantId, Unbilled> told = Map.of();

  public UnbilledGauge(
      Transactions transactions,
      DatabaseClock clock,
      ReconcileConfig config,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.clock = clock;
    this.config = config;
    this.rhythm = new Rhythm("unbilled-gauge", config.gaugeEvery(), this::read);
    this.cents = metrics.gauge("nofate.billing.unbilled.cents", new AtomicLong());
  }

  void begin(@Observes StartupEvent event) {
    rhythm.start();
  }

  void end(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    rhythm.end(PATIENCE);
  }

  public synchronized void read() {
    Map<TenantId, Unbilled> found = new HashMap<>();
    for (Row row :
        transactions
            .run(
                Purpose.DIFFERENCES,
                connection ->
                    clock
                        .now(connection)
                        .chain(
                            now ->
                                connection
                                    .preparedQuery(UNBILLED)
                                    .execute(Tuple.of(utc(over(now)), TenantId.OPERATOR.value()))))
            .await()
            .atMost(PATIENCE)) {
      found.put(
          new TenantId(row.getUUID("tenant_id")),
          new Unbilled(row.getLong("cents"), instant(row, "oldest")));
    }
    cents.set(found.values().stream().mapToLong(Unbilled::cents).sum());
    found.forEach(
        (tenant, unbilled) -> {
          if (!unbilled.equals(told.get(tenant))) {
            LOG.warnf(
                "no invoice known here bills %d cents of %s, the oldest of %s",
                unbilled.cents(), tenant, BillingMonth.of(unbilled.oldest().minusNanos(1)));
          }
        });
    told = found;
  }

  /** The end of the last month whose invoice should be here. */
  private Instant over(Instant now) {
    return BillingMonth.of(now.minus(config.unbilledAfter())).from();
  }

  /**
   * What of a tenant no invoice bills.
   *
   * @param cents as reported
   * @param oldest end of the oldest entry's period
   */
  private record Unbilled(long cents, Instant oldest) {}
}
