package dev.nofate.audit.chain.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which subtrees a proof is made of, so that whoever keeps hashes fetches those and no others. A
 * proof of a tree of n leaves names at most log2(n) + 1 of them.
 */
public final class ProofShape {

  private ProofShape() {}

  /**
   * The siblings on the way from a leaf to the root, from the leaf up (RFC 6962, section 2.1.1).
   *
   * @throws IllegalArgumentException when the tree does not hold the leaf
   */
  public static List<Span> inclusion(long index, long size) {
    if (index < 0 || index >= size || size > Frontier.MAX_SIZE) {
      throw new IllegalArgumentException("the tree does not hold the leaf");
    }
    List<Span> path = new ArrayList<>();
    long begin = 0;
    long end = size;
    while (end - begin > 1) {
      long middle = begin + Span.split(end - begin);
      if (index < middle) {
        path.add(new Span(middle, end));
        end = middle;
      } else {
        path.add(new Span(begin, middle));
        begin = middle;
      }
    }
    Collections.reverse(path);
    return path;
  }

  /**
   * What shows that a tree's first leaves are another tree (RFC 6962, section 2.1.2).
   *
   * @throws IllegalArgumentException when {@code from} is no size of an earlier tree
   */
  public static List<Span> consistency(long from, long to) {
    if (from < 0 || from > to || to > Frontier.MAX_SIZE) {
      throw new IllegalArgumentException("the first tree is not smaller than the second");
    }
    List<Span> path = new ArrayList<>();
    if (from == 0 || from == to) {
      return path;
    }
    long begin = 0;
    long end = to;
    while (end != from) {
      long middle = begin + Span.split(end - begin);
      if (from <= middle) {
        path.add(new Span(middle, end));
        end = middle;
      } else {
        path.add(new Span(begin, middle));
        begin = middle;
      }
    }
    // The verifier holds the first root already: it is the subtree itself when that is on the left
    // edge.
    if (begin > 0) {
      path.add(new Span(begin, end));
    }
    Collections.reverse(path);
    return path;
  }
}
