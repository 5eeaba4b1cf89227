package dev.nofate.gate.engine.fact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A schema of nothing but types, members and elements, which is most of what rulesets declare. It
 * only ever says that facts match; whatever it does not admit is judged by the library.
 */
final class PlainShape {

  /** Keywords that assert nothing. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "$comment",
          "$schema",
          "title",
          "description",
          "default",
          "deprecated",
          "readOnly",
          "writeOnly",
          "examples",
          "format");

  private final String type;
  private final boolean closed;
  private final Map<String, PlainShape> members;
  private final Optional<PlainShape> elements;

  private PlainShape(
      String type, boolean closed, Map<String, PlainShape> members, Optional<PlainShape> elements) {
    this.type = type;
    this.closed = closed;
    this.members = members;
    this.elements = elements;
  }

  /** Reads a usable schema; empty when it says more than types, members and elements. */
  static Optional<PlainShape> of(JsonNode schema) {
    String type = schema.path("type").textValue();
    JsonNode more = schema.path("additionalProperties");
    boolean plain =
        type != null
            && (more.isMissingNode() || more.isBoolean())
            && schema.properties().stream().allMatch(keyword -> isPlain(keyword.getKey()));
    if (!plain) {
      return Optional.empty();
    }
    Map<String, PlainShape> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
      of(member.getValue()).ifPresent(shape -> members.put(member.getKey(), shape));
    }
    Optional<PlainShape> elements =
        Optional.ofNullable(schema.get("items")).flatMap(PlainShape::of);
    boolean whole =
        members.size() == schema.path("properties").size()
            && elements.isPresent() == schema.has("items");
    boolean closed = more.isBoolean() && !more.booleanValue();
    return whole ? Optional.of(new PlainShape(type, closed, members, elements)) : Optional.empty();
  }

  private static boolean isPlain(String keyword) {
    return switch (keyword) {
      case "type", "properties", "additionalProperties", "items" -> true;
      default -> ANNOTATIONS.contains(keyword);
    };
  }

  /** Whether a value certainly matches, every declared integer fitting 64 bits. */
  boolean admits(JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject() && admitsMembers(value);
      case "array" -> value.isArray() && admitsElements(value);
      case "string" -> value.isTextual();
      case "integer" -> value.isLong();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private boolean admitsMembers(JsonNode object) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      PlainShape shape = members.get(member.getKey());
      if (shape == null ? closed : !shape.admits(member.getValue())) {
        return false;
      }
    }
    return true;
  }

  private boolean admitsElements(JsonNode array) {
    if (elements.isPresent()) {
      PlainShape shape = elements.orElseThrow();
      for (JsonNode element : array) {
        if (!shape.admits(element)) {
          return false;
        }
      }
    }
    return true;
  }
}
