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
  private long nextNanos = System.nanoTime();

  public PollTimer(Settlement settlement, PollConfig config, MeterRegistry metrics) {
    this.settlement = settlement;
    this.config = config;
    this.found = metrics.counter("nofate.invoice.poll.found");
  }

  /** Looks, when it is time. Rounds are one behind the other, so nothing else is in here. */
  public void run() {
    if (System.nanoTime() - nextNanos < 0) {
      return;
    }
    next(config.afterFailure());
    Polled polled = settlement.pollInvoices();
    if (polled.failures() == 0) {
      next(config.tick());
    }
    if (polled.found() > 0) {
      found.increment(polled.found());
      LOG.warnf("%d invoices had moved without an event", polled.found());
    }
  }

  private void next(Duration wait) {
    nextNanos = System.nanoTime() + wait.toNanos();
  }
}
