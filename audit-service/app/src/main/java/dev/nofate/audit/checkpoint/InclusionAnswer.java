package dev.nofate.audit.checkpoint;

import dev.nofate.audit.chain.tree.InclusionProof;
import dev.nofate.audit.chain.tree.TreeHash;
import java.util.List;

/**
 * A proof of inclusion.
 *
 * @param index of the leaf, from 0: {@code seq - 1}
 * @param size of the checkpoint's tree
 * @param hashes from the leaf's sibling up, Base 64
 * @param checkpoint the signed note
 */
public record InclusionAnswer(long index, long size, List<String> hashes, String checkpoint) {

  static InclusionAnswer of(InclusionProof proof, String checkpoint) {
    return new InclusionAnswer(
        proof.index(),
        proof.size(),
        proof.hashes().stream().map(TreeHash::base64).toList(),
        checkpoint);
  }
}
