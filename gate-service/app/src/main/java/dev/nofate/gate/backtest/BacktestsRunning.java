package dev.nofate.gate.backtest;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.bound.Places;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Lets a few backtests run at a time; the others are told so at once and nothing queues. */
@ApplicationScoped
class BacktestsRunning {

  private final Places places;

  BacktestsRunning(BacktestConfig config, MeterRegistry registry) {
    this.places =
        new Places("Backtests", config.running(), config.runningPerTenant(), config.time());
    registry.gauge("nofate.backtests.running", places, Places::taken);
  }

  /** Runs work within the bounds, until it ends, fails, or its reader goes away. */
  <T> Multi<T> bounded(TenantId tenant, Supplier<Multi<T>> work) {
    return places.streamWithin(tenant, work);
  }
}
