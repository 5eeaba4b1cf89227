package dev.nofate.audit.checkpoint;

import dev.nofate.audit.signing.LogKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Signs every chain that grew, round by round, and tells since when some chain is not signed. */
@Startup
@ApplicationScoped
class CheckpointSchedule {

  private static final Logger LOG = Logger.getLogger(CheckpointSchedule.class);

  private final CheckpointConfig config;
  private final CheckpointStore store;
  private final Checkpoints checkpoints;
  private final LogKeys keys;
  private final InstantSource clock;
  private volatile Instant allSigned;

  CheckpointSchedule(
      CheckpointConfig config,
      CheckpointStore store,
      Checkpoints checkpoints,
      LogKeys keys,
      InstantSource clock,
      MeterRegistry metrics) {
    this.config = config;
    this.store = store;
    this.checkpoints = checkpoints;
    this.keys = keys;
    this.clock = clock;
    this.allSigned = clock.instant();
    metrics.gauge("nofate.audit.checkpoint.age.seconds", this, CheckpointSchedule::ageSeconds);
  }

  /** Seconds since the beginning of the last round that left no grown chain unsigned. */
  double ageSeconds() {
    return Duration.between(allSigned, clock.instant()).toMillis() / 1000.0;
  }

  @Scheduled(
      every = "${audit.checkpoint.every:PT1M}",
      delayed = "${audit.checkpoint.every:PT1M}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> round() {
    if (!keys.arePresent()) {
      return Uni.createFrom().voidItem();
    }
    Instant begun = clock.instant();
    AtomicInteger unsigned = new AtomicInteger();
    return from(null, unsigned)
        .invoke(() -> allSigned = unsigned.get() == 0 ? begun : allSigned)
        .onFailure()
        .invoke(this::told)
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> from(UUID after, AtomicInteger unsigned) {
    return store
        .chains(after, config.pageChains())
        .chain(
            chains ->
                signed(chains, unsigned)
                    .chain(
                        () ->
                            chains.size() < config.pageChains()
                                ? Uni.createFrom().voidItem()
                                : from(chains.get(chains.size() - 1).getUUID("id"), unsigned)));
  }

  private Uni<Void> signed(List<Row> chains, AtomicInteger unsigned) {
    return Multi.createFrom()
        .iterable(chains)
        .filter(chain -> chain.getBoolean("grown"))
        .onItem()
        .transformToUniAndConcatenate(
            chain ->
                checkpoints
                    .current(chain.getUUID("id"))
                    .onFailure()
                    .invoke(
                        failure -> {
                          unsigned.incrementAndGet();
                          told(failure);
                        })
                    .onFailure()
                    .recoverWithNull())
        .onItem()
        .ignoreAsUni();
  }

  private void told(Throwable failure) {
    LOG.warnf("a chain was not signed: %s", failure.getClass().getName());
  }
}
