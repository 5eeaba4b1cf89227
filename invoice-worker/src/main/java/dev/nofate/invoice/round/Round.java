package dev.nofate.invoice.round;

import dev.nofate.invoice.call.Calls;
import dev.nofate.kit.rhythm.Rhythm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** One part of the work, each tick until nothing of it is left, on a thread of its own. */
final class Round {

  private static final Logger LOG = Logger.getLogger(Round.class);

  /** A part of the work. */
  interface Part {

    /**
     * Does some of it.
     *
     * @param ending asked at each step; once it says so, no further one begins
     * @return whether there is more to do at once
     */
    boolean run(BooleanSupplier ending);
  }

  private final String name;
  private final Part part;
  private final BooleanSupplier ending;
  private final Rhythm rhythm;
  private final Timer time;
  private final Counter failures;
  private volatile Instant lastGood = Instant.EPOCH;

  Round(String name, Duration tick, Part part, BooleanSupplier ending, MeterRegistry metrics) {
    this.name = name;
    this.part = part;
    this.ending = ending;
    this.rhythm = new Rhythm("invoice-" + name, tick, this::run);
    this.time = metrics.timer("nofate.invoice.round", "part", name);
    this.failures = metrics.counter("nofate.invoice.failures", "part", name);
  }

  void begin() {
    rhythm.start();
  }

  /** Starts nothing any more and waits for the step under way; answers whether it ended in time. */
  boolean end(Duration patience) throws InterruptedException {
    return rhythm.end(patience);
  }

  void run() {
    time.record(this::untilNothingIsLeft);
  }

  private void untilNothingIsLeft() {
    try {
      boolean more = true;
      while (more && !ending.getAsBoolean()) {
        more = part.run(ending);
        lastGood = Instant.now();
      }
    } catch (RuntimeException e) {
      LOG.warnf("%s failed: %s", name, Calls.describe(e));
      LOG.debug("cause", e);
      failures.increment();
    }
  }

  /** Whether it did some of its work without a failure, no longer ago than that. */
  boolean wasGoodWithin(Duration age) {
    return lastGood.plus(age).isAfter(Instant.now());
  }

  @Override
  public String toString() {
    return name;
  }
}
