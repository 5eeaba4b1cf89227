package dev.nofate.audit.checkpoint;

import dev.nofate.audit.chain.tree.ConsistencyProof;
import dev.nofate.audit.chain.tree.TreeHash;
import java.util.List;

/**
 * A proof of consistency.
 *
 * @param from size of the earlier tree
 * @param to size of the later one
 * @param hashes in the order of RFC 6962, Base 64
 */
public record ConsistencyAnswer(long from, long to, List<String> hashes) {

  static ConsistencyAnswer of(ConsistencyProof proof) {
    return new ConsistencyAnswer(
        proof.from(), proof.to(), proof.hashes().stream().map(TreeHash::base64).toList());
  }
}
