package dev.nofate.gate.engine.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One value that differs.
 *
 * @param pointer JSON Pointer (RFC 6901) to it: in the document after, or, when it was removed, in
 *     the one before
 * @param before the value before; empty when it was added
 * @param after the value after; empty when it was removed
 */
public record Change(String pointer, Optional<JsonNode> before, Optional<JsonNode> after) {

  /** An object with {@code pointer} and, as far as they exist, {@code before} and {@code after}. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("pointer", pointer);
    before.ifPresent(value -> json.set("before", value));
    after.ifPresent(value -> json.set("after", value));
    return json;
  }
}
