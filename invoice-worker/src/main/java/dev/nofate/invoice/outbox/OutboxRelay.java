package dev.nofate.invoice.outbox;

import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.EventType;
import dev.nofate.audit.contract.NewEvent;
import dev.nofate.billing.contract.OutboxEvent;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.invoice.call.Calls;
import dev.nofate.invoice.settlement.Settlement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Carries audit events from billing-service's outbox into the chains. The append id is the event's
 * own, so an event that is carried twice stands in its chain once. A tenant's events keep their
 * order: behind one that failed, none is carried until the next tick.
 */
@ApplicationScoped
public class OutboxRelay {

  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

  private final Settlement settlement;
  private final AuditLog log;
  private final OutboxConfig config;
  private final Counter relayed;
  private final Counter failures;
  private volatile String lastFailure = "";

  public OutboxRelay(
      Settlement settlement, AuditLog log, OutboxConfig config, MeterRegistry metrics) {
    this.settlement = settlement;
    this.log = log;
    this.config = config;
    this.relayed = metrics.counter("nofate.invoice.outbox.relayed");
    this.failures = metrics.counter("nofate.invoice.failures", "part", "outbox");
  }

  /**
   * Carries a page. A tenant whose events could not be carried on counts as a failure.
   *
   * @param ending asked between events
   * @return whether there is more to carry at once
   * @throws RuntimeException when the outbox can't be read
   */
  public boolean run(BooleanSupplier ending) {
    List<OutboxEvent> events = settlement.outbox(config.page());
    int stuck = relay(events, ending);
    if (stuck > 0) {
      failures.increment(stuck);
      LOG.warnf("events of %d tenants were not carried, the last: %s", stuck, lastFailure);
    }
    return stuck == 0 && events.size() == config.page();
  }

  private int relay(List<OutboxEvent> events, BooleanSupplier ending) {
    Map<TenantId, List<OutboxEvent>> byTenant =
        events.stream()
            .collect(
                Collectors.groupingBy(
                    OutboxEvent::tenant, LinkedHashMap::new, Collectors.toList()));
    return Multi.createFrom()
        .iterable(byTenant.values())
        .onItem()
        .transformToUni(
            some ->
                Uni.createFrom()
                    .item(() -> relayInOrder(some, ending))
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
        .merge(config.concurrency())
        .filter(done -> !done)
        .collect()
        .with(Collectors.counting())
        .await()
        .indefinitely()
        .intValue();
  }

  private boolean relayInOrder(Collection<OutboxEvent> events, BooleanSupplier ending) {
    for (OutboxEvent event : events) {
      if (ending.getAsBoolean()) {
        return true;
      }
      try {
        log.append(append(event));
        settlement.recorded(event.id());
        relayed.increment();
      } catch (RuntimeException e) {
        LOG.debugf(e, "event %s was not carried", event.id());
        lastFailure = "event " + event.id() + ": " + Calls.describe(e);
        return false;
      }
    }
    return true;
  }

  private static AppendRequest append(OutboxEvent event) {
    NewEvent audited = new NewEvent(EventType.of(event.type()), event.subject(), event.payload());
    return new AppendRequest(event.id(), event.tenant(), List.of(audited), null);
  }
}
