package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.json.CanonicalWriter;
import java.util.Optional;

/**
 * One gate that ran.
 *
 * @param gate the gate
 * @param failure the code it failed with; empty when it passed
 */
public record GateTrace(Gate gate, Optional<ReasonCode> failure) {

  /** Whether the run went on. */
  public boolean passed() {
    return failure.isEmpty();
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("gate", gate.wireName());
    json.put("passed", passed());
    failure.ifPresent(code -> json.put("code", code.name()));
    return json;
  }

  /** The RFC 8785 form of {@link #toJson}. */
  void write(CanonicalWriter out) {
    out.beginObject();
    failure.ifPresent(code -> out.name("code").text(code.name()));
    out.name("gate").text(gate.wireName()).name("passed").bool(passed()).endObject();
  }
}
