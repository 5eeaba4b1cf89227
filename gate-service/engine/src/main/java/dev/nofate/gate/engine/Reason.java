package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.json.CanonicalWriter;
import java.util.List;
import java.util.Optional;

/**
 * Why a run is no compliance.
 *
 * @param code the code; it fixes gate and state
 * @param missing names of absent members ({@code MISSING_REQUIRED_FIELD}) or of the facts that
 *     could still change the outcome ({@code FACTS_INCOMPLETE}), sorted; otherwise empty
 * @param at JSON Pointer (RFC 6901) to what was observed, in the request; absent when it is the
 *     whole body or no single place. Names only, never a value.
 */
public record Reason(ReasonCode code, List<String> missing, Optional<String> at) {

  public Reason {
    missing = List.copyOf(missing);
  }

  /** A reason that is fully said by its code. */
  public static Reason of(ReasonCode code) {
    return new Reason(code, List.of(), Optional.empty());
  }

  /** A reason that names absent members or facts. */
  public static Reason missing(ReasonCode code, List<String> names) {
    return new Reason(code, names, Optional.empty());
  }

  /** A reason observed at one place of the request. */
  public static Reason at(ReasonCode code, String pointer) {
    return new Reason(code, List.of(), Optional.of(pointer));
  }

  /** The gate that gave this reason. */
  public Gate gate() {
    return code.gate();
  }

  /** The member {@code reason} of an answer: gate, code and, when there are any, missing and at. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("gate", gate().wireName());
    json.put("code", code.name());
    if (!missing.isEmpty()) {
      missing.forEach(json.putArray("missing")::add);
    }
    at.ifPresent(pointer -> json.put("at", pointer));
    return json;
  }

  /** The RFC 8785 form of {@link #toJson}. */
  void write(CanonicalWriter out) {
    out.beginObject();
    at.ifPresent(pointer -> out.name("at").text(pointer));
    out.name("code").text(code.name()).name("gate").text(gate().wireName());
    if (!missing.isEmpty()) {
      out.name("missing").texts(missing);
    }
    out.endObject();
  }
}
