package dev.nofate.audit.chain.tree;

import java.util.List;
import java.util.function.Function;

/**
 * Shows that the first leaves of a tree are another, earlier tree: nothing was changed, removed or
 * put between.
 *
 * @param from number of leaves of the earlier tree
 * @param to number of leaves of the later one
 * @param hashes as RFC 6962, section 2.1.2, orders them; none when a tree is empty or both are one
 */
public record ConsistencyProof(long from, long to, List<TreeHash> hashes) {

  public ConsistencyProof {
    if (from < 0 || from > to || to > Frontier.MAX_SIZE) {
      throw new IllegalArgumentException("the first tree is not smaller than the second");
    }
    hashes = List.copyOf(hashes);
  }

  /**
   * Makes the proof.
   *
   * @param perfect gives the hash of each perfect subtree that {@link ProofShape#consistency} is
   *     made of
   */
  public static ConsistencyProof of(long from, long to, Function<NodeId, TreeHash> perfect) {
    return new ConsistencyProof(
        from,
        to,
        ProofShape.consistency(from, to).stream().map(span -> span.hash(perfect)).toList());
  }

  /**
   * Whether the tree with the first root became the one with the second (RFC 9162, section
   * 2.1.4.2). An empty tree becomes every other.
   */
  public boolean verifies(TreeHash fromRoot, TreeHash toRoot) {
    if (from == 0 || from == to) {
      return hashes.isEmpty()
          && (from > 0 || fromRoot.equals(TreeHash.EMPTY))
          && (to > 0 || toRoot.equals(TreeHash.EMPTY))
          && (from < to || fromRoot.equals(toRoot));
    }
    long place = from - 1;
    long last = to - 1;
    while ((place & 1) == 1) {
      place >>= 1;
      last >>= 1;
    }
    // An earlier tree that is perfect is a subtree of the later one: its root is where the path
    // starts.
    boolean perfect = Long.bitCount(from) == 1;
    if (!perfect && hashes.isEmpty()) {
      return false;
    }
    TreeHash earlier = perfect ? fromRoot : hashes.get(0);
    TreeHash later = earlier;
    for (TreeHash next : hashes.subList(perfect ? 0 : 1, hashes.size())) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        earlier = TreeHash.node(next, earlier);
        later = TreeHash.node(next, later);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        later = TreeHash.node(later, next);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && earlier.equals(fromRoot) && later.equals(toRoot);
  }
}
