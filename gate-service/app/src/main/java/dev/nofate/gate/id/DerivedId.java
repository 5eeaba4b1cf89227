package dev.nofate.gate.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids that the same input always gives: UUID version 8 (RFC 9562) of a SHA-256 digest. */
public final class DerivedId {

  private DerivedId() {}

  /**
   * The id of a thing of some kind.
   *
   * @param kind what it identifies
   * @param parts what it is derived from; a line feed in a part would be ambiguous and is refused
   */
  public static UUID of(String kind, Object... parts) {
    StringBuilder text = new StringBuilder("no-fate/").append(kind).append("/v1");
    for (Object part : parts) {
      String string = part.toString();
      if (string.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("a part holds a line feed");
      }
      text.append('\n').append(string);
    }
    ByteBuffer digest = ByteBuffer.wrap(sha256(text.toString()));
    long high = (digest.getLong() & 0xffffffffffff0fffL) | 0x8000L;
    long low = (digest.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
