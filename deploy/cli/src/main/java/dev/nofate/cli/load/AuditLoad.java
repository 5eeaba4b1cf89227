package dev.nofate.cli.load;

import dev.nofate.embedded.DatabaseUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Events by group commit beside durable single-row inserts on the same Postgres, one after the
 * other at each number of callers.
 */
final class AuditLoad {

  private final String auditUrl;
  private final Supplier<String> token;
  private final DatabaseUrl superuser;
  private final ProcessorTime spent;

  /**
   * @param token a service token, made when it is asked for
   * @param spent by everybody who takes part: service, database and this process
   */
  AuditLoad(String auditUrl, Supplier<String> token, DatabaseUrl superuser, ProcessorTime spent) {
    this.auditUrl = auditUrl;
    this.token = token;
    this.superuser = superuser;
    this.spent = spent;
  }

  /**
   * Measures.
   *
   * @param plans one after the other
   * @param existing events that stand in a second chain before it is measured as well; 0 for none
   */
  AuditReport run(List<LoadPlan> plans, long existing) {
    List<AuditReport.Row> rows = new ArrayList<>();
    UUID filled = null;
    double fillSeconds = 0;
    if (existing > 0) {
      filled = UUID.randomUUID();
      long start = System.nanoTime();
      new ChainFill(superuser).fill(filled, existing);
      fillSeconds = (System.nanoTime() - start) / 1e9;
    }
    for (LoadPlan plan : plans) {
      Costed inserts = costed(plan, 1, () -> new InsertLoad(superuser, plan).run());
      rows.add(row(0, plan, UUID.randomUUID(), inserts));
      if (filled != null) {
        rows.add(row(existing, plan, filled, inserts));
      }
    }
    return new AuditReport(
        auditUrl,
        EvaluationEvents.COUNT,
        filled == null ? null : filled.toString(),
        Math.round(fillSeconds * 10) / 10.0,
        rows);
  }

  /**
   * A measurement and what a unit of it cost.
   *
   * @param micros processor time of all who took part, an event or a row
   */
  record Costed(Measurement measured, double micros) {}

  private AuditReport.Row row(long existing, LoadPlan plan, UUID tenant, Costed inserts) {
    return AuditReport.Row.of(
        existing, plan, costed(plan, EvaluationEvents.COUNT, () -> append(tenant, plan)), inserts);
  }

  /** The processor time is taken where the warm-up ends and where the measured time does. */
  private Costed costed(LoadPlan plan, int unitsEach, Supplier<Measurement> load) {
    CompletableFuture<Double> begin =
        CompletableFuture.supplyAsync(
            spent::micros,
            CompletableFuture.delayedExecutor(plan.warmUp().toMillis(), TimeUnit.MILLISECONDS));
    Measurement measured = load.get();
    double micros = spent.micros() - begin.join();
    double units = Math.max(1, (double) measured.count() * unitsEach);
    return new Costed(measured, Math.round(micros / units * 10) / 10.0);
  }

  private Measurement append(UUID tenant, LoadPlan plan) {
    return ClosedLoop.measure(plan, new AppendLoad(auditUrl, token.get(), tenant)).get(0);
  }
}
