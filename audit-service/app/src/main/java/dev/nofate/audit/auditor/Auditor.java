package dev.nofate.audit.auditor;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.checkpoint.CheckpointStore;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.event.EventRow;
import dev.nofate.audit.signing.LogKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Walks the chains, believing no stored hash and no stored subtree. Runs on a worker thread, where
 * waiting for the database holds up nobody.
 */
@ApplicationScoped
class Auditor {

  private static final Logger LOG = Logger.getLogger(Auditor.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AuditorConfig config;
  private final ProgressStore progress;
  private final ChainReader chains;
  private final CheckpointStore checkpoints;
  private final LogKeys keys;
  private final InstantSource clock;
  private final Counter events;

  Auditor(
      AuditorConfig config,
      ProgressStore progress,
      ChainReader chains,
      CheckpointStore checkpoints,
      LogKeys keys,
      InstantSource clock,
      MeterRegistry registry) {
    this.config = config;
    this.progress = progress;
    this.chains = chains;
    this.checkpoints = checkpoints;
    this.keys = keys;
    this.clock = clock;
    this.events = registry.counter("nofate.audit.auditor.events");
  }

  /** Visits chains until the budget is spent. */
  void round(long budget) {
    await(progress.discover());
    long left = budget;
    for (ProgressStore.Due due : await(progress.due(config.chainsPerRound()))) {
      if (left <= 0) {
        return;
      }
      left -= visit(due, left);
    }
  }

  private long visit(ProgressStore.Due due, long budget) {
    UUID tenant = due.tenant();
    Optional<Walk> resumed =
        Optional.ofNullable(due.progress()).flatMap(note -> Walk.resume(tenant, note, keys));
    Optional<Checkpoint> stated =
        Optional.ofNullable(due.attestation())
            .flatMap(note -> Attestation.open(tenant, note, keys));
    if ((due.progress() != null && resumed.isEmpty())
        || (due.attestation() != null && stated.isEmpty())) {
      differs(tenant, Difference.progressForged());
      return 1;
    }
    long there = end(tenant);
    long known = Math.max(known(tenant, stated), resumed.map(this::reached).orElse(0L));
    if (there < known) {
      differs(tenant, Difference.tailMissing(there, known));
      return 1;
    }
    Instant now = clock.instant();
    Walk walk =
        resumed
            .filter(
                begun ->
                    reached(begun) < there
                        || now.isBefore(begun.started().plus(config.startsAgainAfter())))
            .orElseGet(() -> Walk.start(tenant, now));
    return walk(walk, stated, budget);
  }

  private long walk(Walk walk, Optional<Checkpoint> stated, long budget) {
    UUID tenant = walk.position().tenant();
    long spent = 0;
    while (spent < budget) {
      int limit = (int) Math.min(config.pageEvents(), budget - spent);
      long from = reached(walk);
      List<EventRow> rows = await(chains.page(tenant, from, Long.MAX_VALUE, limit));
      if (rows.isEmpty()) {
        ended(walk, stated);
        return spent + 1;
      }
      Optional<Difference> difference = follow(walk, stated, rows);
      events.increment(rows.size());
      spent += rows.size();
      if (difference.isPresent()) {
        differs(tenant, difference.get());
        return spent;
      }
    }
    await(progress.good(tenant, clock.instant(), walk.laidDown(keys), null, false));
    return spent;
  }

  private Optional<Difference> follow(Walk walk, Optional<Checkpoint> stated, List<EventRow> rows) {
    UUID tenant = walk.position().tenant();
    long from = reached(walk);
    long last = rows.get(rows.size() - 1).seq();
    List<Checkpoint> signed = new ArrayList<>();
    stated.filter(at -> at.size() > from && at.size() <= last).ifPresent(signed::add);
    for (String note : await(checkpoints.between(tenant, from, last))) {
      Optional<Checkpoint> checkpoint = opened(tenant, note);
      if (checkpoint.isEmpty()) {
        return Optional.of(Difference.notSigned(from));
      }
      signed.add(checkpoint.get());
    }
    signed.sort(Comparator.comparingLong(Checkpoint::size));
    return walk.follow(rows, signed);
  }

  private Optional<Checkpoint> opened(UUID tenant, String note) {
    String origin = keys.origin(tenant).toString();
    try {
      return Checkpoint.open(SignedNote.parse(note), keys.verifiers(origin));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** At the end of a chain: whether it ever reached farther, and if not, what can be stated. */
  private void ended(Walk walk, Optional<Checkpoint> stated) {
    UUID tenant = walk.position().tenant();
    long known = known(tenant, stated);
    if (reached(walk) < known) {
      differs(tenant, Difference.tailMissing(reached(walk), known));
      return;
    }
    Instant now = clock.instant();
    String statement = Attestation.sign(walk.position(), walk.root(), walk.started(), now, keys);
    await(progress.good(tenant, now, walk.laidDown(keys), statement, true));
  }

  private long end(UUID tenant) {
    return await(chains.last(tenant)).map(EventRow::seq).orElse(0L);
  }

  private long known(UUID tenant, Optional<Checkpoint> stated) {
    return Math.max(await(checkpoints.largest(tenant)), stated.map(Checkpoint::size).orElse(0L));
  }

  private long reached(Walk walk) {
    return walk.position().seq();
  }

  private void differs(UUID tenant, Difference difference) {
    LOG.errorf(
        "chain %s differs at seq %d: %s, %s",
        tenant, difference.seq(), difference.code(), difference.text());
    await(progress.differs(tenant, clock.instant(), difference));
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
