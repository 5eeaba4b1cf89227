package dev.nofate.invoice.round;

import dev.nofate.billing.contract.SettlementApi.About;
import dev.nofate.invoice.event.EventWork;
import dev.nofate.invoice.grace.GraceTimer;
import dev.nofate.invoice.outbox.OutboxRelay;
import dev.nofate.invoice.poll.PollConfig;
import dev.nofate.invoice.poll.PollTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * All parts of the work, side by side: none waits for another. Notices and polls have the payment
 * provider asked, which may take its time; what a payment changes, and its audit, must not.
 */
@ApplicationScoped
public class Rounds {

  private static final Logger LOG = Logger.getLogger(Rounds.class);

  private final List<Round> all;
  private final List<Round> vital;
  private final RoundConfig config;
  private volatile boolean ending;

  public Rounds(
      EventWork events,
      PollTimer polls,
      GraceTimer graces,
      OutboxRelay outbox,
      RoundConfig config,
      PollConfig pollConfig,
      MeterRegistry metrics) {
    this.config = config;
    Duration tick = config.tick();
    Round ofInvoices = round("events", tick, ending -> events.run(About.INVOICES, ending), metrics);
    Round ofOthers = round("notices", tick, ending -> events.run(About.OTHERS, ending), metrics);
    Round ofPolls = round("polls", pollConfig.tick(), whole(polls::run), metrics);
    Round ofGraces = round("graces", tick, whole(graces::run), metrics);
    Round ofOutbox = round("outbox", tick, outbox::run, metrics);
    this.all = List.of(ofInvoices, ofOthers, ofPolls, ofGraces, ofOutbox);
    // What the provider does not show now is found later: the worker counts as ready without it.
    this.vital = List.of(ofInvoices, ofGraces, ofOutbox);
  }

  /** A part that leaves nothing for another turn. */
  private static Round.Part whole(Runnable work) {
    return ending -> {
      work.run();
      return false;
    };
  }

  private Round round(String name, Duration tick, Round.Part part, MeterRegistry metrics) {
    return new Round(name, tick, part, () -> ending, metrics);
  }

  void begin(@Observes StartupEvent event) {
    all.forEach(Round::begin);
  }

  /** Lets the steps under way end; no further one begins. */
  void end(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    ending = true;
    long begun = System.nanoTime();
    for (Round round : all) {
      Duration gone = Duration.ofNanos(System.nanoTime() - begun);
      if (!round.end(config.shutdownWait().minus(gone))) {
        LOG.warnf("%s under way did not end within %s", round, config.shutdownWait());
      }
    }
  }

  /** Every part once, one after the other. */
  void once() {
    all.forEach(Round::run);
  }

  /** Whether billing-service answered recently. */
  boolean areCurrent() {
    return vital.stream().allMatch(round -> round.wasGoodWithin(config.readyFor()));
  }
}
