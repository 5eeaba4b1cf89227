package dev.nofate.gate.erasure;

import dev.nofate.gate.contract.TenantId;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Erases in the background what a tenant's period has passed over, and finishes what a crash cut.
 * Tenants take turns of one batch, whose contents are overdue for longest first, until nothing is
 * due or the run's time is over. Replicas share the work: none waits for a tenant that another is
 * at.
 */
@ApplicationScoped
class Sweeper {

  private static final Logger LOG = Logger.getLogger(Sweeper.class);

  /** Tenants that get a turn between two looks at who is due. */
  private static final int TENANTS = 100;

  private final ErasureStore store;
  private final Erasures erasures;
  private final ErasureConfig config;
  private final SweeperMetrics metrics;
  private final InstantSource clock;

  Sweeper(
      ErasureStore store,
      Erasures erasures,
      ErasureConfig config,
      SweeperMetrics metrics,
      InstantSource clock) {
    this.store = store;
    this.erasures = erasures;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Scheduled(
      every = "${nofate.erasure.every:60s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> run() {
    Instant end = clock.instant().plus(config.time());
    return repeat(this::recordOwed, config.batchSize(), end)
        .onFailure()
        .recoverWithItem(e -> failed("erasures were not recorded", e))
        .chain(() -> repeat(() -> round(end), 1, end))
        .onFailure()
        .recoverWithItem(e -> failed("contents were not swept", e))
        .replaceWithVoid();
  }

  /** Does it again while it did at least so many and there is time. */
  private Uni<Integer> repeat(Supplier<Uni<? extends Integer>> work, int many, Instant end) {
    return Multi.createBy()
        .repeating()
        .uni(work)
        .whilst(done -> done >= many && clock.instant().isBefore(end))
        .collect()
        .last();
  }

  private Uni<Integer> recordOwed() {
    return store.unrecorded(config.batchSize()).call(erasures::record).map(List::size);
  }

  /** A turn for each tenant that is due. */
  private Uni<Integer> round(Instant end) {
    Instant now = clock.instant();
    return store
        .overdue(now, TENANTS)
        .invoke(due -> metrics.looked(now, due))
        .onItem()
        .transformToMulti(Multi.createFrom()::iterable)
        .onItem()
        .transformToUniAndConcatenate(
            due -> clock.instant().isBefore(end) ? turn(due.tenant()) : Uni.createFrom().item(0))
        .collect()
        .with(Collectors.summingInt(erased -> erased));
  }

  /** One tenant's trouble is no other's: what it erased is recorded by a later run. */
  private Uni<Integer> turn(TenantId tenant) {
    return store
        .eraseExpired(tenant, clock.instant(), config.batchSize())
        .invoke(gone -> metrics.erased(gone.size()))
        .call(erasures::record)
        .map(List::size)
        .onFailure()
        .recoverWithItem(e -> failed("a tenant's contents were not swept", e));
  }

  private static int failed(String what, Throwable e) {
    LOG.warnf("%s: %s: %s", what, e.getClass(), e.getMessage());
    return 0;
  }
}
