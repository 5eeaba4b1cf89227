package dev.nofate.cli.load;

import dev.nofate.cli.CommandFailure;
import dev.nofate.embedded.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Events by group commit beside durable single-row inserts on the same Postgres, one after the
 * other at each number of callers.
 */
final class AuditLoad {

  private final String auditUrl;
  private final Supplier<String> token;
  private final DatabaseUrl superuser;

  /**
   * @param token a service token, made when it is asked for
   */
  AuditLoad(String auditUrl, Supplier<String> token, DatabaseUrl superuser) {
    this.auditUrl = auditUrl;
    this.token = token;
    this.superuser = superuser;
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
      Measurement inserts = new InsertLoad(superuser, plan).run();
      rows.add(AuditReport.Row.of(0, plan, append(UUID.randomUUID(), plan), inserts));
      if (filled != null) {
        rows.add(AuditReport.Row.of(existing, plan, append(filled, plan), inserts));
      }
    }
    return new AuditReport(
        auditUrl,
        EvaluationEvents.COUNT,
        filled == null ? null : filled.toString(),
        Math.round(fillSeconds * 10) / 10.0,
        rows);
  }

  private Measurement append(UUID tenant, LoadPlan plan) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    try {
      CompletableFuture<Measurement> measured = new CompletableFuture<>();
      vertx.runOnContext(
          start ->
              new AppendLoad(vertx, auditUrl, token.get(), tenant, plan)
                  .run()
                  .onSuccess(measured::complete)
                  .onFailure(measured::completeExceptionally));
      return measured.get();
    } catch (ExecutionException e) {
      throw new CommandFailure("the load failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted under load", e);
    } finally {
      vertx.close();
    }
  }
}
