package dev.nofate.kit.health;

import dev.nofate.kit.rhythm.Rhythm;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service's own word on whether it can serve something, as the gauge {@code nofate_ready}: 1 or
 * 0. A replica that is not ready still answers its scrape, so its scrape alone does not tell.
 */
@ApplicationScoped
public class ReadinessGauge {

  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SmallRyeHealthReporter reporter;
  private final AtomicInteger ready;
  private final Rhythm rhythm = new Rhythm("readiness-gauge", EVERY, this::look);

  ReadinessGauge(SmallRyeHealthReporter reporter, MeterRegistry metrics) {
    this.reporter = reporter;
    this.ready = metrics.gauge("nofate.ready", new AtomicInteger());
  }

  void begin(@Observes StartupEvent event) {
    rhythm.start();
  }

  void end(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    rhythm.end(PATIENCE);
  }

  private void look() {
    ready.set(isReady() ? 1 : 0);
  }

  private boolean isReady() {
    return reporter
        .getReadinessAsync()
        .map(health -> !health.isDown())
        .ifNoItem()
        .after(PATIENCE)
        .recoverWithItem(false)
        .onFailure()
        .recoverWithItem(false)
        .await()
        .indefinitely();
  }
}
