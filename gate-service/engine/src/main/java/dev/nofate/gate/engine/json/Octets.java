package dev.nofate.gate.engine.json;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An immutable sequence of octets; equal by content. */
public final class Octets {

  private final byte[] content;

  private Octets(byte[] content) {
    this.content = content;
  }

  /** Copies {@code content}. */
  public static Octets of(byte[] content) {
    return new Octets(content.clone());
  }

  /** Copies the first {@code length} of {@code content}. */
  static Octets of(byte[] content, int length) {
    return new Octets(Arrays.copyOf(content, length));
  }

  /** The UTF-8 form of {@code text}. */
  public static Octets ofUtf8(String text) {
    return new Octets(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Decodes hexadecimal digits, two an octet, without any separator. */
  public static Octets ofHex(String hex) {
    return new Octets(HexFormat.of().parseHex(hex));
  }

  /** The number of octets. */
  public int length() {
    return content.length;
  }

  /** A copy of the octets. */
  public byte[] toByteArray() {
    return content.clone();
  }

  /** The octets read as UTF-8. */
  public String utf8() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** SHA-256 (FIPS 180-4) as {@code sha256:} and 64 lower-case hexadecimal digits. */
  public String sha256() {
    return "sha256:" + HexFormat.of().formatHex(Algorithms.sha256().digest(content));
  }

  /**
   * HMAC-SHA-256 (RFC 2104) under {@code key} as {@code hmac-sha256:} and 64 lower-case hexadecimal
   * digits.
   *
   * @throws IllegalArgumentException when the key is empty
   */
  public String hmacSha256(Octets key) {
    try {
      Mac mac = Algorithms.hmacSha256();
      mac.init(new SecretKeySpec(key.content, "HmacSHA256"));
      return "hmac-sha256:" + HexFormat.of().formatHex(mac.doFinal(content));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key of octets is always usable", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets octets && Arrays.equals(content, octets.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Found once: looking an algorithm up costs as much as digesting a small request. */
  private static final class Algorithms {

    private static final MessageDigest SHA_256;
    private static final Mac HMAC_SHA_256;

    static {
      try {
        SHA_256 = MessageDigest.getInstance("SHA-256");
        HMAC_SHA_256 = Mac.getInstance("HmacSHA256");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("SHA-256 or HmacSHA256 is absent from this JDK", e);
      }
    }

    static MessageDigest sha256() {
      try {
        return (MessageDigest) SHA_256.clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException("the JDK's SHA-256 is not copied", e);
      }
    }

    static Mac hmacSha256() {
      try {
        return (Mac) HMAC_SHA_256.clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException("the JDK's HmacSHA256 is not copied", e);
      }
    }
  }

  /** Tells the length only, so that content never slips into a log line. */
  @Override
  public String toString() {
    return "Octets[" + content.length + "]";
  }
}
