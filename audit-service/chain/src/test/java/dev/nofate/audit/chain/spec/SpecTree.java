package dev.nofate.audit.chain.spec;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** RFC 6962, section 2.1, word for word: recursion over lists of leaves, nothing remembered. */
public final class SpecTree {

  private SpecTree() {}

  /** MTH of section 2.1. */
  public static byte[] root(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return sha256();
    }
    if (leaves.size() == 1) {
      return sha256(new byte[] {0}, leaves.get(0));
    }
    int k = split(leaves.size());
    return sha256(
        new byte[] {1}, root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
  }

  /** PATH of section 2.1.1. */
  public static List<byte[]> path(int index, List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return new ArrayList<>();
    }
    int k = split(leaves.size());
    List<byte[]> left = leaves.subList(0, k);
    List<byte[]> right = leaves.subList(k, leaves.size());
    List<byte[]> path = index < k ? path(index, left) : path(index - k, right);
    path.add(root(index < k ? right : left));
    return path;
  }

  /** PROOF of section 2.1.2. */
  public static List<byte[]> consistency(int from, List<byte[]> leaves) {
    return subproof(from, leaves, true);
  }

  private static List<byte[]> subproof(int m, List<byte[]> leaves, boolean known) {
    List<byte[]> proof;
    if (m == leaves.size()) {
      proof = new ArrayList<>();
      if (!known) {
        proof.add(root(leaves));
      }
      return proof;
    }
    int k = split(leaves.size());
    if (m <= k) {
      proof = subproof(m, leaves.subList(0, k), known);
      proof.add(root(leaves.subList(k, leaves.size())));
    } else {
      proof = subproof(m - k, leaves.subList(k, leaves.size()), false);
      proof.add(root(leaves.subList(0, k)));
    }
    return proof;
  }

  /**
   * Walks down to the leaf as PATH does, taking the path from its end; null when it does not fit.
   */
  public static byte[] rootBy(byte[] leaf, long index, long size, List<byte[]> path) {
    if (size == 1) {
      return path.isEmpty() ? sha256(new byte[] {0}, leaf) : null;
    }
    if (path.isEmpty()) {
      return null;
    }
    long k = 1;
    while (k * 2 < size) {
      k *= 2;
    }
    byte[] sibling = path.get(path.size() - 1);
    List<byte[]> rest = path.subList(0, path.size() - 1);
    byte[] below =
        index < k ? rootBy(leaf, index, k, rest) : rootBy(leaf, index - k, size - k, rest);
    if (below == null) {
      return null;
    }
    return index < k
        ? sha256(new byte[] {1}, below, sibling)
        : sha256(new byte[] {1}, sibling, below);
  }

  static byte[] sha256(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    try {
      return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static int split(int size) {
    int k = 1;
    while (k * 2 < size) {
      k *= 2;
    }
    return k;
  }
}
