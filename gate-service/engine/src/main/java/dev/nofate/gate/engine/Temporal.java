package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.json.CanonicalWriter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How old the observation was.
 *
 * @param status empty when the request states no {@code observed_at}
 * @param stalenessMs from observation to evaluation in milliseconds, rounded up; empty without
 *     {@code observed_at}
 */
public record Temporal(Optional<Status> status, OptionalLong stalenessMs) {

  /** Age of an observation, counted in decision windows. */
  public enum Status {
    /** At most one window. */
    FRESH,
    /** More than one and at most two windows. */
    STALE,
    /** More than two windows. */
    DRIFTED
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", status.map(Enum::name).orElse(null));
    if (stalenessMs.isPresent()) {
      json.put("staleness_ms", stalenessMs.getAsLong());
    } else {
      json.putNull("staleness_ms");
    }
    return json;
  }

  /** The RFC 8785 form of {@link #toJson}. */
  void write(CanonicalWriter out) {
    out.beginObject().name("staleness_ms");
    if (stalenessMs.isPresent()) {
      out.whole(stalenessMs.getAsLong());
    } else {
      out.text(null);
    }
    out.name("status").text(status.map(Enum::name).orElse(null)).endObject();
  }
}
