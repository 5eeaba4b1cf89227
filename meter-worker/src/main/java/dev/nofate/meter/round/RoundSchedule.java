package dev.nofate.meter.round;

import dev.nofate.kit.rhythm.Rhythm;
import dev.nofate.meter.call.Calls;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Starts a round each tick unless one is running, and lets the running one end at shutdown. */
@ApplicationScoped
public class RoundSchedule {

  private static final Logger LOG = Logger.getLogger(RoundSchedule.class);

  private final Round round;
  private final RoundConfig config;
  private final Clock clock;
  private final Timer roundTime;
  private final Counter failures;
  private final Semaphore running = new Semaphore(1);
  private final Rhythm rhythm;
  private volatile boolean ending;
  private volatile Instant lastHeadway = Instant.EPOCH;
  private volatile Optional<Instant> overdueSince = Optional.empty();

  public RoundSchedule(Round round, RoundConfig config, Clock clock, MeterRegistry metrics) {
    this.round = round;
    this.config = config;
    this.clock = clock;
    this.roundTime = metrics.timer("nofate.meter.round");
    this.failures = metrics.counter("nofate.meter.failures");
    this.rhythm = new Rhythm("meter-round", config.tick(), this::tick);
    metrics.gauge("nofate.meter.lag.seconds", this, RoundSchedule::lagSeconds);
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
    try {
      Round.Result result = round.run(() -> ending, this::headway);
      failures.increment(result.failures());
      overdueSince = result.overdueSince();
      headway();
    } catch (RuntimeException e) {
      failures.increment();
      LOG.warnf("the round failed: %s", Calls.describe(e));
      LOG.debug("cause", e);
    }
  }

  /** Lets the turns under way end; no further one begins, and no further round. */
  void end(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    ending = true;
    // The rhythm ends first: no tick comes behind this. The semaphore covers who ticks by hand.
    boolean ended = rhythm.end(config.shutdownWait());
    if (!ended || !running.tryAcquire(config.shutdownWait().toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warnf("turns under way did not end within %s", config.shutdownWait());
    }
  }

  private void headway() {
    lastHeadway = clock.instant();
  }

  /** Whether a turn or a whole round was ended recently: a round that catches up may take long. */
  boolean isCurrent() {
    return lastHeadway.plus(config.readyFor()).isAfter(clock.instant());
  }

  /** Seconds since the end of the oldest finished period without an entry; 0 when there is none. */
  double lagSeconds() {
    return overdueSince
        .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
        .map(seconds -> Math.max(0, seconds))
        .orElse(0.0);
  }
}
