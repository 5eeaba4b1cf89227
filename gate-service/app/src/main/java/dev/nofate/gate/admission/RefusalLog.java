package dev.nofate.gate.admission;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Refusals at the door, counted: the audit log gets one event for each tenant, kind and window,
 * with the count, so that a flood of refusals does not become a flood of events.
 */
@ApplicationScoped
public class RefusalLog {

  private static final Logger LOG = Logger.getLogger(RefusalLog.class);
  private static final int PARALLEL = 4;
  private static final Duration LAST_FLUSH = Duration.ofSeconds(5);

  private record Kind(TenantId tenant, EventType type) {}

  /** A window's count with the id it is appended under, so that it is recorded once. */
  private record Window(Kind kind, UUID appendId, long count) {}

  private final AuditLog audit;
  private final ConcurrentHashMap<Kind, Long> counting = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Kind, Window> unrecorded = new ConcurrentHashMap<>();

  RefusalLog(AuditLog audit) {
    this.audit = audit;
  }

  /** Counts a refusal of this kind. */
  public void count(TenantId tenant, EventType type) {
    counting.merge(new Kind(tenant, type), 1L, Long::sum);
  }

  @Scheduled(
      every = "${nofate.refusal-log.window:10s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> flush() {
    // While a kind's last window is not recorded its count goes on: at most one window a kind
    // waits.
    for (Kind kind : List.copyOf(counting.keySet())) {
      unrecorded.computeIfAbsent(
          kind, k -> new Window(k, UuidCreator.getTimeOrderedEpoch(), counting.remove(k)));
    }
    return Multi.createFrom()
        .iterable(new ArrayList<>(unrecorded.values()))
        .onItem()
        .transformToUni(this::record)
        .merge(PARALLEL)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  void lastFlush(@Observes ShutdownEvent stop) {
    try {
      flush().await().atMost(LAST_FLUSH);
    } catch (RuntimeException e) {
      LOG.warnf("%d counts of refusals were not recorded", unrecorded.size());
    }
  }

  private Uni<Void> record(Window window) {
    return audit
        .append(
            window.kind().tenant(),
            window.appendId(),
            window.kind().type(),
            null,
            Map.of("count", window.count()))
        .invoke(receipt -> unrecorded.remove(window.kind()))
        .replaceWithVoid()
        .onFailure()
        .recoverWithNull();
  }
}
