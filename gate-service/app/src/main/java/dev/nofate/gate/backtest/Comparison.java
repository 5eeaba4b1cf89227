package dev.nofate.gate.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.Decision;
import java.util.List;
import java.util.Objects;

/**
 * A recorded decision beside what a draft makes of the same request. Two decisions are the same
 * when state, reason and renderings are: every new rule stands in every derivation, so a derivation
 * that differs alone says nothing about what callers are told.
 */
record Comparison(JsonNode recorded, JsonNode draft) {

  private static final List<String> TOLD = List.of("state", "reason", "renderings");

  /**
   * Compares.
   *
   * @param answer the recorded answer
   */
  static Comparison of(JsonNode answer, Decision draft) {
    return new Comparison(answer, draft.toJson());
  }

  boolean differs() {
    return TOLD.stream().anyMatch(name -> !Objects.equals(recorded.get(name), draft.get(name)));
  }

  String recordedState() {
    return recorded.get("state").textValue();
  }

  String draftState() {
    return draft.get("state").textValue();
  }

  /** Adds both decisions; the recorded one with the version that made it. */
  void putInto(ObjectNode line) {
    ObjectNode before = line.putObject("recorded");
    before.set("ruleset", recorded.get("ruleset"));
    before.setAll(shown(recorded));
    line.set("draft", shown(draft));
  }

  private static ObjectNode shown(JsonNode decision) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.set("state", decision.get("state"));
    shown.set("reason", decision.get("reason"));
    shown.set("derivation", decision.get("derivation"));
    JsonNode renderings = decision.get("renderings");
    if (renderings != null) {
      shown.set("renderings", renderings);
    }
    return shown;
  }
}
