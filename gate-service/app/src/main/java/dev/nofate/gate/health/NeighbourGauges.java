package dev.nofate.gate.health;

import dev.nofate.kit.rhythm.Rhythm;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Whether the neighbours are ready as this replica sees them, as the gauge {@code
 * nofate_neighbour_ready}: 1 or 0. It is no readiness of the gate: without audit-service
 * evaluations answer 503, and everything that only reads goes on.
 */
@ApplicationScoped
class NeighbourGauges {

  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final AuditHealthClient audit;
  private final BillingHealthClient billing;
  private final AtomicInteger auditReady;
  private final AtomicInteger billingReady;
  private final Rhythm rhythm = new Rhythm("neighbour-gauges", EVERY, this::look);

  NeighbourGauges(
      @RestClient AuditHealthClient audit,
      @RestClient BillingHealthClient billing,
      MeterRegistry metrics) {
    this.audit = audit;
    this.billing = billing;
    this.auditReady = gauge(metrics, "audit-service");
    this.billingReady = gauge(metrics, "billing-service");
  }

  private static AtomicInteger gauge(MeterRegistry metrics, String neighbour) {
    return metrics.gauge(
        "nofate.neighbour.ready", Tags.of("neighbour", neighbour), new AtomicInteger());
  }

  void begin(@Observes StartupEvent event) {
    rhythm.start();
  }

  void end(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    rhythm.end(PATIENCE);
  }

  private void look() {
    auditReady.set(answers(audit.ready()));
    billingReady.set(answers(billing.ready()));
  }

  private static int answers(Uni<String> ready) {
    return ready
        .map(checks -> 1)
        .ifNoItem()
        .after(PATIENCE)
        .recoverWithItem(0)
        .onFailure()
        .recoverWithItem(0)
        .await()
        .indefinitely();
  }
}
