package dev.nofate.invoice.grace;

import dev.nofate.invoice.settlement.Settlement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Ends grace periods in time, even when no event comes. Which are over is decided by
 * billing-service and its clock; asking twice, or from two replicas, suspends nobody twice.
 */
@ApplicationScoped
public class GraceTimer {

  private static final Logger LOG = Logger.getLogger(GraceTimer.class);

  private final Settlement settlement;
  private final Counter suspensions;

  public GraceTimer(Settlement settlement, MeterRegistry metrics) {
    this.settlement = settlement;
    this.suspensions = metrics.counter("nofate.invoice.suspensions");
  }

  /** Suspends the accounts whose grace period is over. */
  public void run() {
    int suspended = settlement.expireGraces();
    if (suspended > 0) {
      suspensions.increment(suspended);
      LOG.infof("%d accounts were suspended at the end of their grace period", suspended);
    }
  }
}
