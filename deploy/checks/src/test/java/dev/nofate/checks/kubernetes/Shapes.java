package dev.nofate.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.checks.Repository;
import dev.nofate.checks.Yaml;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Custom resources against {@code shapes.yaml}: no unknown field, no missing one, no other type.
 */
final class Shapes {

  private static final JsonNode SHAPES =
      Yaml.tree(Repository.path("deploy/checks/src/test/resources/kubernetes/shapes.yaml"));
  private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata", "spec");

  private Shapes() {}

  /**
   * Checks an object.
   *
   * @throws IllegalStateException with the place of the fault
   */
  static void check(String kind, JsonNode object) {
    JsonNode shape = SHAPES.get(kind);
    if (shape == null) {
      throw new IllegalStateException("no model and no shape for " + kind);
    }
    object
        .fieldNames()
        .forEachRemaining(name -> require(ENVELOPE.contains(name), kind, "unknown: " + name));
    check(shape, object.get("spec"), kind + " " + object.at("/metadata/name").asText() + " spec");
  }

  private static void check(JsonNode shape, JsonNode value, String at) {
    if (shape.isTextual()) {
      scalar(shape.asText(), value, at);
    } else if (shape.isArray()) {
      require(value.isArray() && !value.isEmpty(), at, "not a list");
      value.forEach(item -> check(shape.get(0), item, at + "[]"));
    } else {
      require(value != null && value.isObject(), at, "not an object");
      Set<String> unknown = new HashSet<>();
      value.fieldNames().forEachRemaining(unknown::add);
      for (Map.Entry<String, JsonNode> field : shape.properties()) {
        String name = field.getKey().replace("!", "");
        require(value.has(name) || name.equals(field.getKey()), at, "missing: " + name);
        if (unknown.remove(name)) {
          check(field.getValue(), value.get(name), at + "." + name);
        }
      }
      require(unknown.isEmpty(), at, "unknown: " + unknown);
    }
  }

  private static void scalar(String type, JsonNode value, String at) {
    switch (type) {
      case "string" -> require(value.isTextual(), at, "not a string");
      case "int" -> require(value.isInt(), at, "not an integer");
      case "bool" -> require(value.isBoolean(), at, "neither true nor false");
      case "strings" -> {
        require(value.isObject(), at, "not a map of strings");
        value.forEach(item -> require(item.isTextual(), at, "not a string: " + item));
      }
      case "pod" -> TypedModels.podSpec(value);
      default -> throw new IllegalStateException("no such type: " + type);
    }
  }

  private static void require(boolean holds, String at, String observed) {
    if (!holds) {
      throw new IllegalStateException(at + ": " + observed);
    }
  }
}
