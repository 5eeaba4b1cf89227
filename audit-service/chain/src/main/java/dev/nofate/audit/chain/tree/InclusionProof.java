package dev.nofate.audit.chain.tree;

import java.util.List;
import java.util.function.Function;

/**
 * Shows that a tree holds a leaf at a place.
 *
 * @param index of the leaf, from 0
 * @param size number of leaves of the tree
 * @param hashes the siblings on the way to the root, from the leaf up
 */
public record InclusionProof(long index, long size, List<TreeHash> hashes) {

  public InclusionProof {
    if (index < 0 || index >= size || size > Frontier.MAX_SIZE) {
      throw new IllegalArgumentException("the tree does not hold the leaf");
    }
    hashes = List.copyOf(hashes);
  }

  /**
   * Makes the proof.
   *
   * @param perfect gives the hash of each perfect subtree that {@link ProofShape#inclusion} is made
   *     of
   */
  public static InclusionProof of(long index, long size, Function<NodeId, TreeHash> perfect) {
    return new InclusionProof(
        index,
        size,
        ProofShape.inclusion(index, size).stream().map(span -> span.hash(perfect)).toList());
  }

  /** Whether the tree with this root holds this leaf at this place (RFC 9162, section 2.1.3.2). */
  public boolean verifies(TreeHash leaf, TreeHash root) {
    long place = index;
    long last = size - 1;
    TreeHash hash = leaf;
    for (TreeHash sibling : hashes) {
      if (last == 0) {
        return false;
      }
      if ((place & 1) == 1 || place == last) {
        hash = TreeHash.node(sibling, hash);
        while ((place & 1) == 0 && place != 0) {
          place >>= 1;
          last >>= 1;
        }
      } else {
        hash = TreeHash.node(hash, sibling);
      }
      place >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }
}
