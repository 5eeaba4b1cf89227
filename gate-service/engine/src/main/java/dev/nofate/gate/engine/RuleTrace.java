package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.json.CanonicalWriter;
import java.util.List;
import java.util.Optional;

/**
 * What one rule contributed.
 *
 * @param rule id of the rule
 * @param fired whether its condition is true; empty when it could not be decided
 * @param outcome {@code COMPLIANCE} or {@code VIOLATION}
 * @param facts names of the facts it reads that the request states, sorted
 * @param silencedBy ids of fired rules that override it, sorted
 */
public record RuleTrace(
    String rule,
    Optional<Boolean> fired,
    Outcome outcome,
    List<String> facts,
    List<String> silencedBy) {

  public RuleTrace {
    facts = List.copyOf(facts);
    silencedBy = List.copyOf(silencedBy);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rule", rule);
    json.put("fired", fired.orElse(null));
    json.put("outcome", outcome.name());
    facts.forEach(json.putArray("facts")::add);
    if (!silencedBy.isEmpty()) {
      silencedBy.forEach(json.putArray("silenced_by")::add);
    }
    return json;
  }

  /** The RFC 8785 form of {@link #toJson}. */
  void write(CanonicalWriter out) {
    out.beginObject().name("facts").texts(facts).name("fired").bool(fired.orElse(null));
    out.name("outcome").text(outcome.name()).name("rule").text(rule);
    if (!silencedBy.isEmpty()) {
      out.name("silenced_by").texts(silencedBy);
    }
    out.endObject();
  }
}
