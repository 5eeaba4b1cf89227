package dev.nofate.gate.tally;

import dev.nofate.gate.contract.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Counts what was answered, in memory, and adds it to the hours of the table every few seconds: the
 * pictures never scan evaluations and the way of a request never waits for them. A replica that
 * dies takes its last seconds of counts along; bills are made of the log, not of these.
 */
@ApplicationScoped
public class Tally {

  private static final Logger LOG = Logger.getLogger(Tally.class);
  private static final Duration LAST_FLUSH = Duration.ofSeconds(3);
  private static final int AT_ONCE = 500;

  private final HourStore store;
  private final TallyConfig config;
  private final Counter lost;
  private final Map<Count.Key, Count> counts = new ConcurrentHashMap<>();

  Tally(HourStore store, TallyConfig config, MeterRegistry metrics) {
    this.store = store;
    this.config = config;
    this.lost =
        Counter.builder("nofate.tally.lost")
            .description("Evaluations that the console's pictures do not show")
            .register(metrics);
  }

  /**
   * One evaluation that was stored.
   *
   * @param gate the gate that failed, or empty
   * @param code why, or empty
   * @param durationMicros from receipt to stored; empty when it was recovered later
   * @param ageMs from observation to evaluation; empty when the request states none
   */
  public void count(
      TenantId tenant,
      Instant receivedAt,
      String state,
      String gate,
      String code,
      OptionalLong durationMicros,
      OptionalLong ageMs) {
    Count.Key key =
        new Count.Key(tenant, receivedAt.truncatedTo(ChronoUnit.HOURS), state, gate, code);
    if (counts.size() >= config.held() && !counts.containsKey(key)) {
      lost.increment();
      return;
    }
    // Within compute nobody else holds the value, so that a flush takes it whole or not at all.
    counts.compute(
        key, (k, known) -> (known == null ? new Count() : known).add(durationMicros, ageMs));
  }

  @Scheduled(
      every = "${nofate.tally.every:3s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> flush() {
    List<Map.Entry<Count.Key, Count>> taken = new ArrayList<>();
    for (Count.Key key : counts.keySet()) {
      Count count = taken.size() < AT_ONCE ? counts.remove(key) : null;
      if (count != null) {
        taken.add(Map.entry(key, count));
      }
    }
    if (taken.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Map<TenantId, List<Map.Entry<Count.Key, Count>>> tenants =
        taken.stream().collect(Collectors.groupingBy(entry -> entry.getKey().tenant()));
    return Multi.createFrom()
        .iterable(tenants.entrySet())
        .onItem()
        .transformToUniAndConcatenate(of -> add(of.getKey(), of.getValue()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** In one order everywhere, so that two replicas never wait for each other in a circle. */
  private Uni<Void> add(TenantId tenant, List<Map.Entry<Count.Key, Count>> of) {
    List<Map.Entry<Count.Key, Count>> ordered =
        of.stream().sorted(Map.Entry.comparingByKey()).toList();
    return store
        .add(tenant, ordered)
        .onFailure()
        .invoke(
            failure -> {
              LOG.debugf("the hours were not written: %s", failure.getMessage());
              ordered.forEach(entry -> counts.merge(entry.getKey(), entry.getValue(), Count::plus));
            })
        .onFailure()
        .recoverWithNull();
  }

  void stop(@Observes ShutdownEvent end) {
    try {
      flush().await().atMost(LAST_FLUSH);
    } catch (RuntimeException e) {
      LOG.debugf("the last counts were not written: %s", e.getMessage());
    }
  }
}
