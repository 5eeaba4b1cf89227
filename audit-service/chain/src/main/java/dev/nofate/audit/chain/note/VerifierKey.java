package dev.nofate.audit.chain.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An Ed25519 public key and the name it signs notes under. Two names make two keys, with different
 * ids, of one public key: what was signed under one never counts as signed under the other.
 */
public final class VerifierKey {

  /** Length of the raw public key (RFC 8032), in bytes. */
  public static final int LENGTH = 32;

  private static final byte ED25519 = 1;

  /** What stands before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final byte[] raw;
  private final PublicKey key;

  private VerifierKey(String name, byte[] raw, PublicKey key) {
    this.name = name;
    this.raw = raw;
    this.key = key;
  }

  /**
   * A key by its 32 raw bytes.
   *
   * @throws IllegalArgumentException when they are no Ed25519 key, or the name no name of a key
   */
  public static VerifierKey of(String name, byte[] raw) {
    requireName(name);
    if (raw.length != LENGTH) {
      throw new IllegalArgumentException("an Ed25519 public key is not " + LENGTH + " bytes");
    }
    byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + LENGTH);
    System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, LENGTH);
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
      return new VerifierKey(name, raw.clone(), key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  /**
   * Reads the text form, {@code <name>+<id, 8 hexadecimal digits>+<Base 64 of the type and the raw
   * key>}.
   *
   * @throws IllegalArgumentException when it is another form, another type, or the id is another
   *     key's
   */
  public static VerifierKey parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a verifier key is not a name, an id and a key");
    }
    byte[] typed = Base64.getDecoder().decode(parts[2]);
    if (typed.length != 1 + LENGTH || typed[0] != ED25519) {
      throw new IllegalArgumentException("a verifier key is not of the type Ed25519");
    }
    VerifierKey key = of(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
    if (!key.toString().equals(text)) {
      throw new IllegalArgumentException("the id is not that of the verifier key");
    }
    return key;
  }

  public String name() {
    return name;
  }

  /** The first four bytes of SHA-256(name, line feed, type, raw key), as an unsigned number. */
  public int id() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(UTF_8));
      digest.update((byte) '\n');
      digest.update(ED25519);
      return ByteBuffer.wrap(digest.digest(raw)).getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A copy of the 32 raw bytes of the public key. */
  public byte[] raw() {
    return raw.clone();
  }

  /** The same public key under another name. */
  public VerifierKey named(String other) {
    return of(other, raw);
  }

  boolean verifies(byte[] text, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static void requireName(String name) {
    if (name.isEmpty()
        || name.codePoints()
            .anyMatch(
                c ->
                    c == '+' || c < ' ' || Character.isSpaceChar(c) || Character.isWhitespace(c))) {
      throw new IllegalArgumentException("not a name of a key");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, Arrays.hashCode(raw));
  }

  /** The text form that {@link #parse} reads. */
  @Override
  public String toString() {
    byte[] typed = new byte[1 + LENGTH];
    typed[0] = ED25519;
    System.arraycopy(raw, 0, typed, 1, LENGTH);
    return name
        + "+"
        + HexFormat.of().toHexDigits(id())
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }
}
