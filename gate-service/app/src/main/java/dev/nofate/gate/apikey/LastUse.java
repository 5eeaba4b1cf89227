package dev.nofate.gate.apikey;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/**
 * When keys were last used: noted in memory, written now and then for all at once. What a crash
 * takes along is a minute of notes; no request waits for a write.
 */
@ApplicationScoped
public class LastUse {

  private static final Logger LOG = Logger.getLogger(LastUse.class);

  /** One statement's worth. */
  private static final int BATCH = 1000;

  record Use(TenantId tenant, UUID key, Instant at) {}

  private final ApiKeyStore store;
  private final LastUseConfig config;
  private final InstantSource clock;
  private final ConcurrentMap<UUID, Use> noted = new ConcurrentHashMap<>();

  LastUse(ApiKeyStore store, LastUseConfig config, InstantSource clock) {
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  /** Notes that a key was accepted just now. */
  public void note(Caller caller) {
    if (!caller.session() && !noted.containsKey(caller.actor()) && noted.size() < config.keys()) {
      noted.put(caller.actor(), new Use(caller.tenant(), caller.actor(), clock.instant()));
    }
  }

  @Scheduled(
      every = "${nofate.last-use.every:60s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> write() {
    List<Use> uses = noted.values().stream().limit(BATCH).toList();
    if (uses.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return store
        .used(uses)
        .invoke(() -> uses.forEach(use -> noted.remove(use.key(), use)))
        .chain(() -> uses.size() < BATCH ? Uni.createFrom().voidItem() : write())
        .onFailure()
        .invoke(e -> LOG.warnf("the last use of keys was not written: %s", e.getClass()))
        .onFailure()
        .recoverWithNull();
  }
}
