package dev.nofate.gate.erasure;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Erases in the background what a tenant's period has passed over, and finishes what a crash cut.
 */
@ApplicationScoped
class Sweeper {

  private static final Logger LOG = Logger.getLogger(Sweeper.class);

  private final ErasureStore store;
  private final Erasures erasures;
  private final ErasureConfig config;
  private final InstantSource clock;

  Sweeper(ErasureStore store, Erasures erasures, ErasureConfig config, InstantSource clock) {
    this.store = store;
    this.erasures = erasures;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      every = "${nofate.erasure.every:60s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> run() {
    return round(1)
        .onFailure()
        .invoke(e -> LOG.warnf("contents were not swept: %s: %s", e.getClass(), e.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> round(int number) {
    return store
        .eraseExpired(clock.instant(), config.batchSize())
        .chain(
            erased ->
                store
                    .unrecorded(config.batchSize())
                    .call(erasures::record)
                    .map(recorded -> Math.max(erased, recorded.size())))
        .chain(
            done ->
                done < config.batchSize() || number == config.batches()
                    ? Uni.createFrom().voidItem()
                    : round(number + 1));
  }
}
