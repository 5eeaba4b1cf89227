package dev.nofate.meter.recount;

import dev.nofate.billing.contract.RecountTask;
import dev.nofate.kit.rhythm.Rhythm;
import dev.nofate.meter.call.Calls;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Compares filed entries with their chain ranges, beside the rounds: those never compared first,
 * and all of them again after some days.
 */
@ApplicationScoped
public class RecountPass {

  private static final Logger LOG = Logger.getLogger(RecountPass.class);

  private final Recounts recounts;
  private final Recounter recounter;
  private final RecountConfig config;
  private final Rhythm rhythm;
  private final Counter counted;
  private final Counter failures;
  private volatile boolean ending;

  public RecountPass(
      Recounts recounts, Recounter recounter, RecountConfig config, MeterRegistry metrics) {
    this.recounts = recounts;
    this.recounter = recounter;
    this.config = config;
    this.rhythm = new Rhythm("meter-recount", config.tick(), this::run);
    this.counted = metrics.counter("nofate.meter.recounts");
    this.failures = metrics.counter("nofate.meter.recount.failures");
  }

  void begin(@Observes StartupEvent event) {
    rhythm.start();
  }

  /** Lets the count under way end; no further one begins. */
  void end(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    ending = true;
    rhythm.end(config.shutdownWait());
  }

  /** One pass, until nothing is due or its bound is reached. */
  void run() {
    try {
      for (int batch = 0; batch < config.batchesPerPass() && !ending; batch++) {
        List<RecountTask> due = recounts.due(config.batch());
        due.forEach(this::count);
        if (due.size() < config.batch()) {
          return;
        }
      }
    } catch (RuntimeException e) {
      failures.increment();
      LOG.warnf("no entries to compare: %s", Calls.describe(e));
    }
  }

  /** A range that can't be counted is left; it is due again after a while. */
  private void count(RecountTask task) {
    if (ending) {
      return;
    }
    try {
      recounts.counted(recounter.count(task));
      counted.increment();
    } catch (RuntimeException e) {
      failures.increment();
      LOG.warnf(
          "entry %d of %s was not compared: %s", task.entryNo(), task.tenant(), Calls.describe(e));
    }
  }
}
