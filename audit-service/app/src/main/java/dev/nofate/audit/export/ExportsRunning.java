package dev.nofate.audit.export;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** How many exports are being written at this moment. */
@ApplicationScoped
class ExportsRunning {

  private final AtomicInteger running;

  ExportsRunning(MeterRegistry registry) {
    running = registry.gauge("nofate.audit.exports.running", new AtomicInteger());
  }

  /** Counts an export until it ends, fails, or its reader goes away. */
  <T> Multi<T> counted(Multi<T> export) {
    return export
        .onSubscription()
        .invoke(running::incrementAndGet)
        .onTermination()
        .invoke(running::decrementAndGet);
  }
}
