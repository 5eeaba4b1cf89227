package dev.nofate.audit.tree;

import dev.nofate.audit.chain.tree.ConsistencyProof;
import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.InclusionProof;
import dev.nofate.audit.chain.tree.NodeId;
import dev.nofate.audit.chain.tree.ProofShape;
import dev.nofate.audit.chain.tree.Span;
import dev.nofate.audit.chain.tree.TreeHash;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * Roots and proofs of a chain's tree as the database has it. A proof reads O(log n) kept subtrees
 * and the events of at most three blocks.
 */
@ApplicationScoped
public class TreeReader {

  private final TreeStore store;
  private final TreeBuilder builder;

  TreeReader(TreeStore store, TreeBuilder builder) {
    this.store = store;
    this.builder = builder;
  }

  /** The root of the tree over a chain's first events. */
  public Uni<TreeHash> root(UUID tenant, long size) {
    if (size == 0) {
      return Uni.createFrom().item(TreeHash.EMPTY);
    }
    Span whole = new Span(0, size);
    return perfect(tenant, size, List.of(whole)).map(whole::hash);
  }

  /** Shows that the tree of that size holds a leaf. */
  public Uni<InclusionProof> inclusion(UUID tenant, long index, long size) {
    return perfect(tenant, size, ProofShape.inclusion(index, size))
        .map(nodes -> InclusionProof.of(index, size, nodes));
  }

  /** Shows that one tree became the other. */
  public Uni<ConsistencyProof> consistency(UUID tenant, long from, long to) {
    return perfect(tenant, to, ProofShape.consistency(from, to))
        .map(nodes -> ConsistencyProof.of(from, to, nodes));
  }

  private Uni<Function<NodeId, TreeHash>> perfect(UUID tenant, long size, List<Span> spans) {
    List<NodeId> ids = spans.stream().flatMap(span -> span.nodes().stream()).distinct().toList();
    List<NodeId> kept = ids.stream().filter(id -> id.level() >= TreeStore.LEVEL).toList();
    Map<Long, Long> blocks = new TreeMap<>();
    ids.stream()
        .filter(id -> id.level() < TreeStore.LEVEL)
        .forEach(id -> blocks.merge(id.begin() >> TreeStore.LEVEL, id.end(), Math::max));
    Map<NodeId, TreeHash> all = new HashMap<>();
    return builder
        .build(tenant, size)
        .chain(() -> store.nodes(tenant, kept))
        .invoke(all::putAll)
        .chain(
            () ->
                Multi.createFrom()
                    .iterable(blocks.entrySet())
                    .onItem()
                    .transformToUniAndConcatenate(
                        block -> inBlock(tenant, block.getKey(), block.getValue()))
                    .invoke(all::putAll)
                    .onItem()
                    .ignoreAsUni())
        .map(
            done -> {
              if (!all.keySet().containsAll(ids)) {
                throw new IllegalStateException("subtrees of the chain are absent");
              }
              return all::get;
            });
  }

  /** The subtrees within one block, up to an event of it. */
  private Uni<Map<NodeId, TreeHash>> inBlock(UUID tenant, long block, long end) {
    return store
        .leaves(tenant, block << TreeStore.LEVEL, end)
        .map(
            leaves -> {
              Map<NodeId, TreeHash> nodes = new HashMap<>();
              Frontier frontier = Frontier.empty();
              leaves.forEach(
                  leaf ->
                      frontier.append(
                          leaf,
                          (id, hash) ->
                              nodes.put(
                                  new NodeId(
                                      id.level(),
                                      (block << (TreeStore.LEVEL - id.level())) + id.index()),
                                  hash)));
              return nodes;
            });
  }
}
