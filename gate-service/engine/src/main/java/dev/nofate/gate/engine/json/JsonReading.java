package dev.nofate.gate.engine.json;

import com.fasterxml.jackson.databind.JsonNode;

/** What strict reading made of a text: the value, or why there is none. */
public sealed interface JsonReading {

  /**
   * The text is strict JSON within the limits. Numbers are normalised by value: a whole number that
   * fits a signed 64-bit integer is a {@code LongNode}, any other a {@code DoubleNode}, so that
   * {@code 1}, {@code 1.0} and {@code 1e0} are the same value.
   */
  record Value(JsonNode value) implements JsonReading {}

  /** The text is no strict JSON, or goes beyond a limit. */
  record Refusal(Cause cause) implements JsonReading {}

  /** Why a text was refused. */
  enum Cause {
    /** RFC 8259 or I-JSON (RFC 7493) is violated, or a number is not exactly representable. */
    NOT_STRICT_JSON,
    /** A limit of {@link JsonLimits} is exceeded. */
    OVER_LIMIT
  }
}
