package dev.nofate.audit.export;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.bound.Places;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/**
 * Lets a few exports be written at a time: they share the database's connections with appends. The
 * others are told so at once and nothing queues.
 */
@ApplicationScoped
class ExportsRunning {

  private final Places places;

  ExportsRunning(ExportConfig config, MeterRegistry registry) {
    this.places =
        new Places("Exports", config.running(), config.runningPerTenant(), config.retryAfter());
    registry.gauge("nofate.audit.exports.running", places, Places::taken);
  }

  /** Runs an export within the bounds, until it ends, fails, or its reader goes away. */
  <T> Multi<T> bounded(TenantId tenant, Supplier<Multi<T>> export) {
    return places.streamWithin(tenant, export);
  }
}
