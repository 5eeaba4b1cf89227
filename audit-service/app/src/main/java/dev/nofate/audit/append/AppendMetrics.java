package dev.nofate.audit.append;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Figures of appending. No label names a tenant. */
final class AppendMetrics {

  private final MeterRegistry registry;
  private final DistributionSummary events;
  private final DistributionSummary appends;
  private final AtomicInteger queued;

  AppendMetrics(MeterRegistry registry) {
    this.registry = registry;
    events = DistributionSummary.builder("nofate.audit.batch.events").register(registry);
    appends = DistributionSummary.builder("nofate.audit.batch.appends").register(registry);
    queued = registry.gauge("nofate.audit.append.queued", new AtomicInteger());
  }

  Timer.Sample started() {
    return Timer.start(registry);
  }

  void answered(Timer.Sample sample, List<Appended> appended, Throwable failure) {
    sample.stop(registry.timer("nofate.audit.append", "outcome", outcome(appended, failure)));
  }

  void queued(int appendsWaiting) {
    queued.set(appendsWaiting);
  }

  void written(Plan plan) {
    if (!plan.writes().isEmpty()) {
      events.record(plan.entries().size());
      appends.record(plan.writes().size());
    }
  }

  void failed(Failure failure) {
    registry
        .counter("nofate.audit.append.attempts.failed", "cause", lower(failure.name()))
        .increment();
  }

  private static String outcome(List<Appended> appended, Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return lower(refusal.reason().name());
    }
    if (appended == null) {
      return "failed";
    }
    return appended.stream().allMatch(Appended::replayed) ? "replayed" : "recorded";
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
