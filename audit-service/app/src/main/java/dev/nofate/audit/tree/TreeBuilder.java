package dev.nofate.audit.tree;

import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.NodeId;
import dev.nofate.audit.chain.tree.Span;
import dev.nofate.audit.chain.tree.TreeHash;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Follows a chain with its kept subtrees, apart from appending: two rows for 256 events. What it
 * writes depends on the events alone, so it goes on after a crash, and side by side with another
 * replica.
 */
@ApplicationScoped
class TreeBuilder {

  private static final int BLOCK = 1 << TreeStore.LEVEL;
  private static final int BLOCKS_A_STEP = 16;

  private final TreeStore store;

  TreeBuilder(TreeStore store) {
    this.store = store;
  }

  /** Builds what a tree of that size needs and what is not there yet. */
  Uni<Void> build(UUID tenant, long size) {
    long wanted = size / BLOCK;
    if (wanted == 0) {
      return Uni.createFrom().voidItem();
    }
    return store
        .blocks(tenant)
        .chain(
            there ->
                there >= wanted
                    ? Uni.createFrom().voidItem()
                    : step(tenant, there, Math.min(wanted, there + BLOCKS_A_STEP))
                        .chain(() -> build(tenant, size)));
  }

  private Uni<Void> step(UUID tenant, long from, long to) {
    List<NodeId> edge =
        from == 0
            ? List.of()
            : new Span(0, from).nodes().stream().map(TreeBuilder::ofBlocks).toList();
    return store
        .nodes(tenant, edge)
        .chain(
            nodes ->
                store
                    .leaves(tenant, from * BLOCK, to * BLOCK)
                    .map(
                        leaves ->
                            grown(
                                Frontier.of(from, edge.stream().map(nodes::get).toList()), leaves)))
        .chain(grown -> store.keep(tenant, grown));
  }

  /** A tree whose leaves are blocks is the upper part of the tree whose leaves are events. */
  private static Map<NodeId, TreeHash> grown(Frontier upper, List<TreeHash> leaves) {
    Map<NodeId, TreeHash> grown = new HashMap<>();
    for (int at = 0; at < leaves.size(); at += BLOCK) {
      Frontier block = Frontier.empty();
      leaves.subList(at, at + BLOCK).forEach(block::append);
      upper.append(block.root(), (id, hash) -> grown.put(ofBlocks(id), hash));
    }
    return grown;
  }

  private static NodeId ofBlocks(NodeId id) {
    return new NodeId(id.level() + TreeStore.LEVEL, id.index());
  }
}
