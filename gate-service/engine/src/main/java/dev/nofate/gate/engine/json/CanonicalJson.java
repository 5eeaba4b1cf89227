package dev.nofate.gate.engine.json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Strict reading (RFC 8259 with the I-JSON restrictions of RFC 7493) and canonical writing (RFC
 * 8785). Reading never throws, whatever the octets are.
 */
public final class CanonicalJson {

  private CanonicalJson() {}

  /** Reads a whole text; every sequence of octets has an answer. */
  public static JsonReading read(byte[] text, JsonLimits limits) {
    return new StrictReader(limits).read(text);
  }

  /**
   * The RFC 8785 form of a value.
   *
   * @throws IllegalArgumentException when the value has none: a lone surrogate, a number that is
   *     not finite or not exactly a double, or a node that is not JSON
   */
  public static Octets write(JsonNode value) {
    return new CanonicalWriter().value(value).octets();
  }
}
