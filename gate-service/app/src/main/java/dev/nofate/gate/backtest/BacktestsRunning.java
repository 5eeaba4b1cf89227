package dev.nofate.gate.backtest;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Lets a few backtests run at a time; the others are told so at once and nothing queues. */
@ApplicationScoped
class BacktestsRunning {

  private final BacktestConfig config;
  private final Map<TenantId, Integer> byTenant = new HashMap<>();
  private int running;

  BacktestsRunning(BacktestConfig config, MeterRegistry registry) {
    this.config = config;
    registry.gauge("nofate.backtests.running", this, BacktestsRunning::running);
  }

  /** Runs work within the bounds, until it ends, fails, or its reader goes away. */
  <T> Multi<T> bounded(TenantId tenant, Supplier<Multi<T>> work) {
    return Multi.createFrom()
        .deferred(
            () -> {
              enter(tenant);
              return work.get().onTermination().invoke(() -> leave(tenant));
            });
  }

  private synchronized int running() {
    return running;
  }

  private synchronized void enter(TenantId tenant) {
    int own = byTenant.getOrDefault(tenant, 0);
    if (running >= config.running() || own >= config.runningPerTenant()) {
      throw new ProblemException(
              ErrorCode.UNAVAILABLE,
              "Backtests are running: %d of this tenant, limit %d; %d in all, limit %d"
                  .formatted(own, config.runningPerTenant(), running, config.running()))
          .with("Retry-After", Long.toString(config.time().toSeconds()));
    }
    running++;
    byTenant.put(tenant, own + 1);
  }

  private synchronized void leave(TenantId tenant) {
    running--;
    byTenant.computeIfPresent(tenant, (key, own) -> own > 1 ? own - 1 : null);
  }
}
