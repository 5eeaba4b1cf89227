package dev.nofate.audit.chain.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Trees grown leaf by leaf, with every node kept. */
final class Trees {

  final Map<NodeId, TreeHash> nodes = new HashMap<>();
  final List<TreeHash> roots = new ArrayList<>(List.of(TreeHash.EMPTY));
  final List<TreeHash> leaves = new ArrayList<>();

  Trees(List<byte[]> contents) {
    Frontier frontier = Frontier.empty();
    for (byte[] content : contents) {
      TreeHash leaf = TreeHash.leaf(content);
      frontier.append(leaf, nodes::put);
      leaves.add(leaf);
      roots.add(frontier.root());
    }
  }

  static List<byte[]> contents(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> TreeHash.leaf(new byte[] {(byte) i, (byte) (i >> 8)}).bytes())
        .toList();
  }

  InclusionProof inclusion(long index, long size) {
    return InclusionProof.of(index, size, nodes::get);
  }

  ConsistencyProof consistency(long from, long to) {
    return ConsistencyProof.of(from, to, nodes::get);
  }
}
