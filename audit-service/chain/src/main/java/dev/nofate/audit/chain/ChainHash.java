package dev.nofate.audit.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/** A SHA-256 value that names a chain up to and including one event. Immutable. */
public final class ChainHash {

  /** Length in bytes. */
  public static final int LENGTH = 32;

  private static final String GENESIS_PREFIX = "no-fate/audit/v1\n";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final byte[] bytes;

  private ChainHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What stands before the first event of a tenant's chain. */
  public static ChainHash genesis(UUID tenant) {
    return new ChainHash(sha256().digest((GENESIS_PREFIX + tenant).getBytes(US_ASCII)));
  }

  /** The hash of an event that follows the one with hash {@code previous}. */
  public static ChainHash next(ChainHash previous, Envelope envelope) {
    MessageDigest digest = sha256();
    digest.update(previous.bytes);
    return new ChainHash(digest.digest(envelope.canonicalBytes()));
  }

  /**
   * Reads 64 lower-case hexadecimal digits.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static ChainHash ofHex(String hex) {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("not 64 lower-case hexadecimal digits");
    }
    return new ChainHash(HexFormat.of().parseHex(hex));
  }

  /**
   * Takes a copy of 32 raw bytes.
   *
   * @throws IllegalArgumentException when the length differs
   */
  public static ChainHash ofBytes(byte[] raw) {
    if (raw.length != LENGTH) {
      throw new IllegalArgumentException("not " + LENGTH + " bytes");
    }
    return new ChainHash(raw.clone());
  }

  /** A copy of the 32 raw bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChainHash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
