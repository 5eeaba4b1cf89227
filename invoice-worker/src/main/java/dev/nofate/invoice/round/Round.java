package dev.nofate.invoice.round;

import dev.nofate.invoice.call.Calls;
import dev.nofate.invoice.event.EventWork;
import dev.nofate.invoice.grace.GraceTimer;
import dev.nofate.invoice.outbox.OutboxRelay;
import dev.nofate.invoice.poll.PollTimer;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Events, then polls, then grace periods, then the outbox: what the first three changed is audited
 * in the same round. A part that fails keeps none of the others from running.
 */
@ApplicationScoped
public class Round {

  private static final Logger LOG = Logger.getLogger(Round.class);

  private final EventWork events;
  private final GraceTimer graces;
  private final PollTimer polls;
  private final OutboxRelay outbox;
  private final MeterRegistry metrics;

  public Round(
      EventWork events,
      PollTimer polls,
      GraceTimer graces,
      OutboxRelay outbox,
      MeterRegistry metrics) {
    this.events = events;
    this.polls = polls;
    this.graces = graces;
    this.outbox = outbox;
    this.metrics = metrics;
    List.of("events", "graces", "outbox").forEach(part -> failures(part, 0));
  }

  /**
   * Runs every part once.
   *
   * @param ending asked at each step; once it says so, no further one begins
   * @return whether nothing failed
   */
  public boolean run(BooleanSupplier ending) {
    boolean eventsDone = part("events", () -> events.run(ending));
    // What Stripe does not show now is found later: the rounds count as good without it.
    part("polls", polls::run);
    boolean gracesDone = part("graces", graces::run);
    boolean outboxDone = part("outbox", () -> failures("outbox", outbox.run(ending)));
    return eventsDone && gracesDone && outboxDone;
  }

  private boolean part(String name, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      LOG.warnf("%s failed: %s", name, Calls.describe(e));
      LOG.debug("cause", e);
      failures(name, 1);
      return false;
    }
  }

  private void failures(String part, int count) {
    metrics.counter("nofate.invoice.failures", "part", part).increment(count);
  }
}
