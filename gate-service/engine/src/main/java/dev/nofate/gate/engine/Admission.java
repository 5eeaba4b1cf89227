package dev.nofate.gate.engine;

import dev.nofate.gate.engine.json.Octets;
import java.util.regex.Pattern;

/**
 * What the caller of the engine knows about a request beside its body.
 *
 * @param tenant the tenant's id, a lower-case UUID
 * @param receivedAt RFC 3339 UTC with exactly six fraction digits, such as {@code
 *     2026-11-23T10:00:00.123456Z}; recorded as a fact
 * @param salt key of the request commitment, at least one octet
 */
public record Admission(String tenant, String receivedAt, Octets salt) {

  private static final Pattern MICROS =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z");

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException when received_at or the salt has another shape
   */
  public Admission {
    if (!MICROS.matcher(receivedAt).matches() || Timestamp.parse(receivedAt).isEmpty()) {
      throw new IllegalArgumentException(
          "received_at is not RFC 3339 UTC with six fraction digits");
    }
    if (salt.length() == 0) {
      throw new IllegalArgumentException("salt is empty");
    }
  }
}
