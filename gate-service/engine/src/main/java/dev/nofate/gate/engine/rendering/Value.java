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

  private static final java.util.regex.Pattern ROOT =
      java.util.regex.Pattern.compile("(ir|context)(\\..*)?");

  /** What {@code path} names here: from the facts when it starts with one, else below this. */
  Value at(String path) {
    Value place = ROOT.matcher(path).matches() ? run.facts() : this;
    for (String member : path.split("\\.")) {
      place = place.below(member);
    }
    return place;
  }

  Value element(JsonNode element) {
    return new Value(run, name + "[]", element);
  }

  boolean isThere() {
    return node != null && !node.isNull();
  }

  private Value below(String member) {
    return new Value(
        run, name.isEmpty() ? member : name + "." + member, node == null ? null : node.get(member));
  }
}
