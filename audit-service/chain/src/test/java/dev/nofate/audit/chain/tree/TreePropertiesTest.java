package dev.nofate.audit.chain.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.audit.chain.spec.SpecTree;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds for every tree, and that two implementations agree on it. */
class TreePropertiesTest {

  private static final int SIZE = 130;
  private static final List<byte[]> CONTENTS = Trees.contents(SIZE);
  private static final Trees TREE = new Trees(CONTENTS);

  @Example
  void agreesWithTheRfcOnEveryRootAndEveryProofUpToASize() {
    for (int size = 1; size <= SIZE; size++) {
      List<byte[]> leaves = CONTENTS.subList(0, size);
      assertThat(TREE.roots.get(size).bytes()).isEqualTo(SpecTree.root(leaves));
      for (int index = size % 7; index < size; index += 7) {
        InclusionProof proof = TREE.inclusion(index, size);
        assertSame(proof.hashes(), SpecTree.path(index, leaves));
        assertThat(proof.verifies(TREE.leaves.get(index), TREE.roots.get(size))).isTrue();
      }
      for (int from = 1 + size % 5; from <= size; from += 5) {
        ConsistencyProof proof = TREE.consistency(from, size);
        assertSame(proof.hashes(), SpecTree.consistency(from, leaves));
        assertThat(proof.verifies(TREE.roots.get(from), TREE.roots.get(size))).isTrue();
      }
    }
  }

  @Property
  void refusesAnInclusionProofWithAnythingChanged(
      @ForAll @IntRange(min = 2, max = SIZE) int size,
      @ForAll @IntRange(max = SIZE) int place,
      @ForAll @IntRange(max = 255) int bit,
      @ForAll @IntRange(max = 5) int change) {
    int index = place % size;
    InclusionProof good = TREE.inclusion(index, size);
    TreeHash leaf = TREE.leaves.get(index);
    TreeHash root = TREE.roots.get(size);
    List<TreeHash> hashes = new ArrayList<>(good.hashes());
    int at = bit % hashes.size();
    boolean verified =
        switch (change) {
          case 0 -> good.verifies(flipped(leaf, bit), root);
          case 1 -> good.verifies(leaf, flipped(root, bit));
          case 2 -> {
            hashes.set(at, flipped(hashes.get(at), bit));
            yield new InclusionProof(index, size, hashes).verifies(leaf, root);
          }
          case 3 -> {
            hashes.remove(at);
            yield new InclusionProof(index, size, hashes).verifies(leaf, root);
          }
          case 4 -> {
            hashes.add(at, flipped(root, bit));
            yield new InclusionProof(index, size, hashes).verifies(leaf, root);
          }
          default ->
              new InclusionProof((index + 1 + bit % (size - 1)) % size, size, hashes)
                  .verifies(leaf, root);
        };

    assertThat(verified).isFalse();
  }

  @Property
  void refusesAConsistencyProofWithAnythingChanged(
      @ForAll @IntRange(min = 2, max = SIZE) int to,
      @ForAll @IntRange(max = SIZE) int place,
      @ForAll @IntRange(max = 255) int bit,
      @ForAll @IntRange(max = 4) int change) {
    int from = 1 + place % (to - 1);
    ConsistencyProof good = TREE.consistency(from, to);
    TreeHash earlier = TREE.roots.get(from);
    TreeHash later = TREE.roots.get(to);
    List<TreeHash> hashes = new ArrayList<>(good.hashes());
    int at = bit % hashes.size();
    boolean verified =
        switch (change) {
          case 0 -> good.verifies(flipped(earlier, bit), later);
          case 1 -> good.verifies(earlier, flipped(later, bit));
          case 2 -> {
            hashes.set(at, flipped(hashes.get(at), bit));
            yield new ConsistencyProof(from, to, hashes).verifies(earlier, later);
          }
          case 3 -> {
            hashes.remove(at);
            yield new ConsistencyProof(from, to, hashes).verifies(earlier, later);
          }
          default -> {
            hashes.add(at, flipped(later, bit));
            yield new ConsistencyProof(from, to, hashes).verifies(earlier, later);
          }
        };

    assertThat(verified).isFalse();
  }

  @Property
  void namesFewSubtreesHoweverLargeTheTree(
      @ForAll @LongRange(min = 1, max = Frontier.MAX_SIZE) long size, @ForAll long place) {
    long index = Math.floorMod(place, size);
    assertThat(ProofShape.inclusion(index, size)).hasSizeLessThanOrEqualTo(53);
    assertThat(ProofShape.consistency(index + 1, size)).hasSizeLessThanOrEqualTo(54);
    long covered =
        ProofShape.inclusion(index, size).stream()
            .flatMap(span -> span.nodes().stream())
            .mapToLong(node -> node.end() - node.begin())
            .sum();
    assertThat(covered).as("leaves beside the one proven").isEqualTo(size - 1);
  }

  @Example
  void goesOnFromItsRightEdge() {
    Frontier whole = Frontier.empty();
    for (int size = 0; size < SIZE; size++) {
      Frontier resumed = Frontier.of(whole.size(), whole.nodes());
      whole.append(TREE.leaves.get(size));
      resumed.append(TREE.leaves.get(size));
      assertThat(resumed.root()).isEqualTo(whole.root()).isEqualTo(TREE.roots.get(size + 1));
    }
  }

  @Example
  void treatsTheEmptyTreeAsTheStartOfEveryTree() {
    assertThat(TREE.consistency(0, 5).verifies(TreeHash.EMPTY, TREE.roots.get(5))).isTrue();
    assertThat(TREE.consistency(0, 0).verifies(TreeHash.EMPTY, TreeHash.EMPTY)).isTrue();
    assertThat(TREE.consistency(0, 5).verifies(TREE.roots.get(1), TREE.roots.get(5))).isFalse();
    assertThat(TREE.consistency(0, 0).verifies(TreeHash.EMPTY, TREE.roots.get(5))).isFalse();
    assertThat(TREE.consistency(5, 5).verifies(TREE.roots.get(5), TREE.roots.get(4))).isFalse();
  }

  @Example
  void knowsNoProofOutsideATree() {
    assertThatThrownBy(() -> ProofShape.inclusion(5, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProofShape.inclusion(-1, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProofShape.consistency(6, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new InclusionProof(3, 3, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ConsistencyProof(3, 2, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Span(3, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Frontier.of(3, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TreeHash.ofBase64("AAAA"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertSame(List<TreeHash> ours, List<byte[]> theirs) {
    assertThat(ours).isEqualTo(theirs.stream().map(TreeHash::ofBytes).toList());
  }

  private static TreeHash flipped(TreeHash hash, int bit) {
    byte[] bytes = hash.bytes();
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    return TreeHash.ofBytes(bytes);
  }
}
