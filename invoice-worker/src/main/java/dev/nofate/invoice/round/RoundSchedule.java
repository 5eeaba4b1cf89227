package dev.nofate.invoice.round;

import dev.nofate.kit.rhythm.Rhythm;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Starts a round each tick unless one is running, and lets the running one end at shutdown. */
@ApplicationScoped
public class RoundSchedule {

  private static final Logger LOG = Logger.getLogger(RoundSchedule.class);

  private final Round round;
  private final RoundConfig config;
  private final Timer roundTime;
  private final Semaphore running = new Semaphore(1);
  private final Rhythm rhythm;
  private volatile boolean ending;
  private volatile Instant lastGood = Instant.EPOCH;

  public RoundSchedule(Round round, RoundConfig config, MeterRegistry metrics) {
    this.round = round;
    this.config = config;
    this.roundTime = metrics.timer("nofate.invoice.round");
    this.rhythm = new Rhythm("invoice-round", config.tick(), this::tick);
  }

  void begin(@Observes StartupEvent event) {
    rhythm.start();
  }

  void tick() {
    if (!running.tryAcquire()) {
      return;
    }
    try {
      roundTime.record(this::run);
    } finally {
      running.release();
    }
  }

  private void run() {
    if (round.run(() -> ending)) {
      lastGood = Instant.now();
    }
  }

  /** Lets the step under way end; no further one begins, and no further round. */
  void end(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    ending = true;
    // The rhythm ends first: no tick comes behind this. The semaphore covers who ticks by hand.
    boolean ended = rhythm.end(config.shutdownWait());
    if (!ended || !running.tryAcquire(config.shutdownWait().toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warnf("the round under way did not end within %s", config.shutdownWait());
    }
  }

  /** Whether a round without a failure was made recently. */
  boolean isCurrent() {
    return lastGood.plus(config.readyFor()).isAfter(Instant.now());
  }
}
