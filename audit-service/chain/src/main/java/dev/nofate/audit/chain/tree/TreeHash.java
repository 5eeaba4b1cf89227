package dev.nofate.audit.chain.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The hash of a leaf, a node or a whole tree (RFC 6962, section 2.1). Immutable. */
public final class TreeHash {

  /** Length in bytes. */
  public static final int LENGTH = 32;

  /** The root of the tree without leaves: SHA-256 of nothing. */
  public static final TreeHash EMPTY = new TreeHash(sha256().digest());

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final byte[] bytes;

  private TreeHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of a leaf with this content. */
  public static TreeHash leaf(byte[] content) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return new TreeHash(digest.digest(content));
  }

  /** The hash of the node above two others. */
  public static TreeHash node(TreeHash left, TreeHash right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left.bytes);
    return new TreeHash(digest.digest(right.bytes));
  }

  /**
   * Takes a copy of 32 raw bytes.
   *
   * @throws IllegalArgumentException when the length differs
   */
  public static TreeHash ofBytes(byte[] raw) {
    if (raw.length != LENGTH) {
      throw new IllegalArgumentException("a tree hash is not " + LENGTH + " bytes");
    }
    return new TreeHash(raw.clone());
  }

  /**
   * Reads standard Base 64 (RFC 4648, section 4) with its padding.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static TreeHash ofBase64(String text) {
    TreeHash hash = ofBytes(Base64.getDecoder().decode(text));
    if (!hash.base64().equals(text)) {
      throw new IllegalArgumentException("a tree hash is not in canonical Base 64");
    }
    return hash;
  }

  /** A copy of the 32 raw bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Standard Base 64, 44 characters. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeHash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 64 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
