package dev.nofate.audit.checkpoint;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.signing.LogKeys;
import dev.nofate.audit.tree.TreeReader;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Signs what a chain holds, and never what contradicts an earlier signature. */
@ApplicationScoped
public class Checkpoints {

  private static final Logger LOG = Logger.getLogger(Checkpoints.class);

  private final CheckpointStore store;
  private final ChainReader chains;
  private final TreeReader trees;
  private final LogKeys keys;
  private final OnDemandLimit limit;
  private final InstantSource clock;

  Checkpoints(
      CheckpointStore store,
      ChainReader chains,
      TreeReader trees,
      LogKeys keys,
      OnDemandLimit limit,
      InstantSource clock) {
    this.store = store;
    this.chains = chains;
    this.trees = trees;
    this.keys = keys;
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * A checkpoint of the chain as it is.
   *
   * @throws ProblemException 503 when there is no key, or the chain is not what was signed before
   */
  public Uni<SignedCheckpoint> current(UUID tenant) {
    return current(tenant, signing -> {});
  }

  /**
   * The same for a tenant that asks.
   *
   * @throws ProblemException also 429 when it asks more often than is signed on demand
   */
  public Uni<SignedCheckpoint> onDemand(UUID tenant) {
    return current(tenant, limit::take);
  }

  private Uni<SignedCheckpoint> current(UUID tenant, Consumer<UUID> beforeSigning) {
    return chains
        .head(tenant)
        .chain(
            head ->
                store.latest(tenant).chain(last -> at(tenant, head.seq(), last, beforeSigning)));
  }

  /**
   * A checkpoint that covers an event: the last one, or one of now. There are at most as many of
   * them as events.
   *
   * @throws ProblemException 404 when the chain does not reach it, 503 as above
   */
  public Uni<SignedCheckpoint> covering(UUID tenant, long seq) {
    return covering(tenant, seq, this::current);
  }

  /**
   * The same for a tenant that asks.
   *
   * @throws ProblemException also 429
   */
  public Uni<SignedCheckpoint> coveringOnDemand(UUID tenant, long seq) {
    return covering(tenant, seq, this::onDemand);
  }

  private Uni<SignedCheckpoint> covering(
      UUID tenant, long seq, Function<UUID, Uni<SignedCheckpoint>> ofNow) {
    return store
        .latest(tenant)
        .chain(
            last ->
                last.filter(signed -> signed.checkpoint().size() >= seq && isCurrent(signed))
                    .map(signed -> Uni.createFrom().item(signed))
                    .orElseGet(() -> ofNow.apply(tenant)))
        .invoke(
            signed -> {
              if (signed.checkpoint().size() < seq) {
                throw ProblemException.notFound();
              }
            });
  }

  private Uni<SignedCheckpoint> at(
      UUID tenant, long size, Optional<SignedCheckpoint> last, Consumer<UUID> beforeSigning) {
    if (last.isPresent() && last.get().checkpoint().size() == size && isCurrent(last.get())) {
      return Uni.createFrom().item(last.get());
    }
    beforeSigning.accept(tenant);
    return extended(tenant, size, last)
        .chain(() -> trees.root(tenant, size))
        .map(
            root -> {
              Checkpoint checkpoint = new Checkpoint(keys.origin(tenant), size, root);
              return new SignedCheckpoint(checkpoint, checkpoint.sign(keys.signing()));
            })
        .call(
            signed ->
                size == 0
                    ? Uni.createFrom().voidItem()
                    : store.keep(tenant, signed, clock.instant()));
  }

  /**
   * A log that signs two trees of which neither holds the other is caught lying, so it signs no
   * more.
   */
  private Uni<Void> extended(UUID tenant, long size, Optional<SignedCheckpoint> last) {
    if (last.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Checkpoint before = last.get().checkpoint();
    boolean ours =
        before.origin().equals(keys.origin(tenant).toString())
            && Checkpoint.open(last.get().note(), keys.verifiers(before.origin())).isPresent();
    if (!ours) {
      LOG.errorf(
          "the checkpoint of chain %s at size %d is signed by no key known here",
          tenant, before.size());
      throw new ProblemException(
          ErrorCode.UNAVAILABLE, "No key known here signed the chain's last checkpoint");
    }
    Uni<Boolean> same =
        before.size() <= size
            ? trees.root(tenant, before.size()).map(before.root()::equals)
            : Uni.createFrom().item(false);
    return same.invoke(
            extended -> {
              if (!extended) {
                LOG.errorf("chain %s is not what was signed at size %d", tenant, before.size());
                throw new ProblemException(
                    ErrorCode.UNAVAILABLE, "The chain is not what was signed before");
              }
            })
        .replaceWithVoid();
  }

  /** Whether every key that signs now has signed it. */
  private boolean isCurrent(SignedCheckpoint signed) {
    SignedNote note = signed.note();
    String origin = signed.checkpoint().origin();
    return keys.signing().stream()
        .allMatch(key -> !note.verifiedBy(java.util.List.of(key.verifier(origin))).isEmpty());
  }
}
