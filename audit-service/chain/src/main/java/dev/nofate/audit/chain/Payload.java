package dev.nofate.audit.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * What an event says: a JSON object, held in its canonical form (RFC 8785). Texts with duplicate
 * keys, lone surrogates, numbers that a double does not hold exactly as written, or more than
 * {@link #MAX_DEPTH} levels have no canonical form and are refused, not repaired.
 */
public final class Payload {

  /** Levels of nesting, the payload's own included. */
  public static final int MAX_DEPTH = 32;

  /** Length of the canonical form in UTF-8 bytes. */
  public static final int MAX_BYTES = 512 * 1024;

  /** The payload without members. */
  public static final Payload EMPTY = new Payload("{}", 2);

  private final String canonical;
  private final int bytes;

  private Payload(String canonical, int bytes) {
    this.canonical = canonical;
    this.bytes = bytes;
  }

  /**
   * Reads JSON text in any layout.
   *
   * @throws RefusedException with code {@link Fault.Code#PAYLOAD_MALFORMED}
   */
  public static Payload parse(String json) {
    try {
      return of(StrictJson.read(json));
    } catch (IOException e) {
      throw refused("the payload is not one strict JSON object");
    }
  }

  /**
   * Takes maps, lists, strings, numbers, booleans and nulls as a JSON library makes them.
   *
   * @throws RefusedException with code {@link Fault.Code#PAYLOAD_MALFORMED}
   */
  public static Payload of(Map<String, ?> members) {
    return of(StrictJson.tree(members));
  }

  static Payload of(JsonNode node) {
    if (!(node instanceof ObjectNode)) {
      throw refused("the payload is not a JSON object");
    }
    StrictJson.fault(node, MAX_DEPTH)
        .ifPresent(
            observed -> {
              throw refused(observed);
            });
    try {
      String canonical = new JsonCanonicalizer(node.toString()).getEncodedString();
      int bytes = canonical.getBytes(UTF_8).length;
      if (bytes > MAX_BYTES) {
        throw refused("the payload exceeds " + MAX_BYTES + " bytes");
      }
      return new Payload(canonical, bytes);
    } catch (IOException e) {
      throw refused("the payload has no canonical form");
    }
  }

  /** The canonical form. */
  public String canonical() {
    return canonical;
  }

  /** Length of the canonical form in UTF-8 bytes. */
  public int bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload payload && canonical.equals(payload.canonical);
  }

  @Override
  public int hashCode() {
    return canonical.hashCode();
  }

  /** Says how long it is, not what it holds. */
  @Override
  public String toString() {
    return "Payload[bytes=" + bytes + "]";
  }

  private static RefusedException refused(String observed) {
    return new RefusedException(Fault.Code.PAYLOAD_MALFORMED, observed);
  }
}
