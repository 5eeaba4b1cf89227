package dev.nofate.audit.checkpoint;

import dev.nofate.audit.signing.LogKeys;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Signs every chain that grew, round by round. */
@ApplicationScoped
class CheckpointSchedule {

  private static final Logger LOG = Logger.getLogger(CheckpointSchedule.class);

  private final CheckpointConfig config;
  private final CheckpointStore store;
  private final Checkpoints checkpoints;
  private final LogKeys keys;

  CheckpointSchedule(
      CheckpointConfig config, CheckpointStore store, Checkpoints checkpoints, LogKeys keys) {
    this.config = config;
    this.store = store;
    this.checkpoints = checkpoints;
    this.keys = keys;
  }

  @Scheduled(
      every = "${audit.checkpoint.every:PT1M}",
      delayed = "${audit.checkpoint.every:PT1M}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> round() {
    return keys.arePresent()
        ? from(null).onFailure().invoke(this::told).onFailure().recoverWithNull()
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> from(UUID after) {
    return store
        .chains(after, config.pageChains())
        .chain(
            chains ->
                signed(chains)
                    .chain(
                        () ->
                            chains.size() < config.pageChains()
                                ? Uni.createFrom().voidItem()
                                : from(chains.get(chains.size() - 1).getUUID("id"))));
  }

  private Uni<Void> signed(List<Row> chains) {
    return Multi.createFrom()
        .iterable(chains)
        .filter(chain -> chain.getBoolean("grown"))
        .onItem()
        .transformToUniAndConcatenate(
            chain ->
                checkpoints
                    .current(chain.getUUID("id"))
                    .onFailure()
                    .invoke(this::told)
                    .onFailure()
                    .recoverWithNull())
        .onItem()
        .ignoreAsUni();
  }

  private void told(Throwable failure) {
    LOG.warnf("a chain was not signed: %s", failure.getClass().getName());
  }
}
