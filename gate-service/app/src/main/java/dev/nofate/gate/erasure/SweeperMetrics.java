package dev.nofate.gate.erasure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code nofate.erasure.swept}: contents that this replica erased after their period. {@code
 * nofate.erasure.overdue.seconds}: how long the oldest content is past its tenant's period, at
 * most: it also grows while nobody manages to look.
 */
@ApplicationScoped
class SweeperMetrics {

  private final Counter swept;
  private final InstantSource clock;
  private volatile Instant since;

  SweeperMetrics(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    this.since = clock.instant();
    this.swept = registry.counter("nofate.erasure.swept");
    registry.gauge("nofate.erasure.overdue.seconds", this, SweeperMetrics::overdueSeconds);
  }

  /**
   * Notes who was due at a time; when nobody was, nothing can be due for longer than since then.
   */
  void looked(Instant at, List<ErasureStore.Overdue> due) {
    since = due.isEmpty() ? at : due.get(0).since();
  }

  void erased(int contents) {
    swept.increment(contents);
  }

  private double overdueSeconds() {
    return Duration.between(since, clock.instant()).toMillis() / 1000.0;
  }
}
