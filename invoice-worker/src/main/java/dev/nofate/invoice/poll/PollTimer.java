package dev.nofate.invoice.poll;

import dev.nofate.billing.contract.SettlementApi.Polled;
import dev.nofate.invoice.settlement.Settlement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The safety net under the webhooks: has open invoices compared with the payment provider on a
 * timer, so that an event that never came is made up for.
 */
@ApplicationScoped
public class PollTimer {

  private static final Logger LOG = Logger.getLogger(PollTimer.class);

  private final Settlement settlement;
  private final PollConfig config;
  private final Counter found;
  private long pausedUntilNanos = System.nanoTime();

  public PollTimer(Settlement settlement, PollConfig config, MeterRegistry metrics) {
    this.settlement = settlement;
    this.config = config;
    this.found = metrics.counter("nofate.invoice.poll.found");
  }

  /** Looks, unless the look before failed a short time ago. One at a time, on one thread. */
  public void run() {
    if (System.nanoTime() - pausedUntilNanos < 0) {
      return;
    }
    pauseFor(config.afterFailure());
    Polled polled = settlement.pollInvoices();
    if (polled.failures() == 0) {
      pauseFor(Duration.ZERO);
    }
    if (polled.found() > 0) {
      found.increment(polled.found());
      LOG.warnf("%d invoices had moved without an event", polled.found());
    }
  }

  private void pauseFor(Duration time) {
    pausedUntilNanos = System.nanoTime() + time.toNanos();
  }
}
