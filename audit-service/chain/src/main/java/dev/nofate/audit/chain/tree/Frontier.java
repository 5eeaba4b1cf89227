package dev.nofate.audit.chain.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A growing tree in O(log n) memory: the perfect subtrees along its right edge (a compact range).
 * Not for several threads.
 */
public final class Frontier {

  /** As many leaves as a chain can hold events. */
  public static final long MAX_SIZE = (1L << 53) - 1;

  private final List<TreeHash> nodes;
  private long size;

  private Frontier(long size, List<TreeHash> nodes) {
    this.size = size;
    this.nodes = nodes;
  }

  /** The tree without leaves. */
  public static Frontier empty() {
    return new Frontier(0, new ArrayList<>());
  }

  /**
   * A tree known by its right edge.
   *
   * @param nodes as {@link #nodes} gives them
   * @throws IllegalArgumentException when a tree of that size has another number of them
   */
  public static Frontier of(long size, List<TreeHash> nodes) {
    if (size < 0 || size > MAX_SIZE || Long.bitCount(size) != nodes.size()) {
      throw new IllegalArgumentException("no right edge of a tree of " + size + " leaves");
    }
    return new Frontier(size, new ArrayList<>(nodes));
  }

  /** Adds a leaf. */
  public void append(TreeHash leaf) {
    append(leaf, (id, hash) -> {});
  }

  /**
   * Adds a leaf.
   *
   * @param completed is told each perfect subtree that is complete from now on, the leaf first
   */
  public void append(TreeHash leaf, BiConsumer<NodeId, TreeHash> completed) {
    if (size == MAX_SIZE) {
      throw new IllegalStateException("a tree holds at most " + MAX_SIZE + " leaves");
    }
    NodeId id = new NodeId(0, size);
    TreeHash hash = leaf;
    completed.accept(id, hash);
    for (long full = size; (full & 1) == 1; full >>= 1) {
      hash = TreeHash.node(nodes.remove(nodes.size() - 1), hash);
      id = id.parent();
      completed.accept(id, hash);
    }
    nodes.add(hash);
    size++;
  }

  /** Number of leaves. */
  public long size() {
    return size;
  }

  /** The perfect subtrees along the right edge, from left to right. */
  public List<TreeHash> nodes() {
    return List.copyOf(nodes);
  }

  /** The root of the tree as it is. */
  public TreeHash root() {
    if (size == 0) {
      return TreeHash.EMPTY;
    }
    TreeHash hash = nodes.get(nodes.size() - 1);
    for (int i = nodes.size() - 2; i >= 0; i--) {
      hash = TreeHash.node(nodes.get(i), hash);
    }
    return hash;
  }
}
