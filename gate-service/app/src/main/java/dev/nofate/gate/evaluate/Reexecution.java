package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Derives a sample of stored evaluations again, as a replay does: of tenants chosen at random those
 * before a moment chosen at random, so that also what an earlier release decided is met. {@code
 * nofate.reexecutions} counts by outcome: matching, differing, and failed where none was reached.
 */
@ApplicationScoped
class Reexecution {

  private static final Logger LOG = Logger.getLogger(Reexecution.class);

  private final ReexecutionStore store;
  private final Replay replay;
  private final ReexecutionConfig config;
  private final InstantSource clock;
  private final Counter matching;
  private final Counter differing;
  private final Counter failed;
  private final SecureRandom random = new SecureRandom();

  Reexecution(
      ReexecutionStore store,
      Replay replay,
      ReexecutionConfig config,
      MeterRegistry registry,
      InstantSource clock) {
    this.store = store;
    this.replay = replay;
    this.config = config;
    this.clock = clock;
    this.matching = registry.counter("nofate.reexecutions", "outcome", "matching");
    this.differing = registry.counter("nofate.reexecutions", "outcome", "differing");
    this.failed = registry.counter("nofate.reexecutions", "outcome", "failed");
  }

  @Scheduled(
      every = "${nofate.reexecution.every:5m}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> run() {
    return store
        .tenants(config.evaluations())
        .onItem()
        .transformToMulti(
            tenants ->
                Multi.createFrom()
                    .iterable(tenants)
                    .onItem()
                    .transformToUniAndConcatenate(tenant -> some(tenant, share(tenants))))
        .collect()
        .last()
        .onFailure()
        .recoverWithItem(
            e -> {
              LOG.warnf("no sample was derived again: %s: %s", e.getClass(), e.getMessage());
              return null;
            });
  }

  private int share(List<TenantId> tenants) {
    return Math.max(1, config.evaluations() / tenants.size());
  }

  private Uni<Void> some(TenantId tenant, int many) {
    return store
        .before(tenant, moment(), many)
        .onItem()
        .transformToMulti(Multi.createFrom()::iterable)
        .onItem()
        .transformToUniAndConcatenate(evaluation -> again(tenant, evaluation))
        .collect()
        .last();
  }

  private Instant moment() {
    long window = config.window().toMillis();
    return clock.instant().minusMillis(window == 0 ? 0 : random.nextLong(window));
  }

  private Uni<Void> again(TenantId tenant, UUID evaluation) {
    return replay
        .run(tenant, evaluation)
        .invoke(answer -> count(tenant, answer))
        .replaceWithVoid()
        .onFailure(Reexecution::erasedMeanwhile)
        .recoverWithNull()
        .onFailure()
        .recoverWithItem(
            e -> {
              failed.increment();
              LOG.warnf(
                  "evaluation %s of tenant %s was not derived again: %s",
                  evaluation, tenant, e.getClass());
              return null;
            });
  }

  private void count(TenantId tenant, ReplayAnswer answer) {
    if (answer.matches()) {
      matching.increment();
      return;
    }
    differing.increment();
    LOG.errorf(
        "evaluation %s of tenant %s is not reproducible: recorded %s %s, derived %s %s",
        answer.evaluationId(),
        tenant,
        answer.recorded().state(),
        answer.recorded().decisionDigest(),
        answer.replayed().state(),
        answer.replayed().decisionDigest());
  }

  private static boolean erasedMeanwhile(Throwable failure) {
    return failure instanceof ProblemException problem
        && problem.problem().code() == ErrorCode.GONE;
  }
}
