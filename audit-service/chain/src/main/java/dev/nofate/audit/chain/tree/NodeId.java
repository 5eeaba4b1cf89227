package dev.nofate.audit.chain.tree;

/**
 * A perfect subtree: the one above the 2^level leaves from {@code index * 2^level} on. Once its
 * leaves are there its hash never changes.
 *
 * @param level 0 for a leaf
 * @param index place among the nodes of the level, from 0
 */
public record NodeId(int level, long index) {

  /** The highest level that a tree of {@link Frontier#MAX_SIZE} leaves has. */
  public static final int MAX_LEVEL = 53;

  public NodeId {
    if (level < 0 || level > MAX_LEVEL || index < 0) {
      throw new IllegalArgumentException("no node of a tree");
    }
  }

  /** The first leaf it covers. */
  public long begin() {
    return index << level;
  }

  /** The leaf behind the last one it covers. */
  public long end() {
    return (index + 1) << level;
  }

  NodeId parent() {
    return new NodeId(level + 1, index >> 1);
  }
}
