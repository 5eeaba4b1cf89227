package dev.nofate.gate.engine.rendering;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value on the way through a template.
 *
 * @param run the rendering it belongs to
 * @param name where it stands, elements of arrays as {@code []}; empty for all facts together
 * @param node what stands there; null when nothing does
 */
record Value(Run run, String name, JsonNode node) {

  Value element(JsonNode element) {
    return new Value(run, name + "[]", element);
  }

  Value below(String member) {
    return new Value(
        run, name.isEmpty() ? member : name + "." + member, node == null ? null : node.get(member));
  }

  boolean isThere() {
    return node != null && !node.isNull();
  }
}
