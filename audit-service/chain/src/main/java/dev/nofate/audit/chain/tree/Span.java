package dev.nofate.audit.chain.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A subtree of some tree, perfect or at its right edge: the one above the leaves from {@code begin}
 * up to, not including, {@code end}.
 *
 * @param begin a multiple of the smallest power of two that holds its leaves
 */
public record Span(long begin, long end) {

  public Span {
    if (begin < 0 || end <= begin || begin % powerFrom(end - begin) != 0) {
      throw new IllegalArgumentException("no subtree of a tree");
    }
  }

  /** The perfect subtrees it is made of, from left to right, each smaller than the one before. */
  public List<NodeId> nodes() {
    List<NodeId> nodes = new ArrayList<>();
    long from = begin;
    while (from < end) {
      int level = 63 - Long.numberOfLeadingZeros(end - from);
      nodes.add(new NodeId(level, from >> level));
      from += 1L << level;
    }
    return nodes;
  }

  /**
   * Its hash.
   *
   * @param perfect gives the hash of each of {@link #nodes}
   */
  public TreeHash hash(Function<NodeId, TreeHash> perfect) {
    List<NodeId> nodes = nodes();
    TreeHash hash = perfect.apply(nodes.get(nodes.size() - 1));
    for (int i = nodes.size() - 2; i >= 0; i--) {
      hash = TreeHash.node(perfect.apply(nodes.get(i)), hash);
    }
    return hash;
  }

  /** Where a subtree of that many leaves splits: the largest power of two below. */
  static long split(long leaves) {
    return Long.highestOneBit(leaves - 1);
  }

  private static long powerFrom(long leaves) {
    return leaves == 1 ? 1 : split(leaves) << 1;
  }
}
