package dev.nofate.gate.engine.fact;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a fact schema may be made of: JSON Schema 2020-12 without anything that fetches, recurses or
 * speaks of absence where absence would be a matter of types.
 */
final class SchemaShape {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private static final Set<String> SUBSCHEMA =
      Set.of(
          "items",
          "additionalProperties",
          "propertyNames",
          "contains",
          "not",
          "if",
          "then",
          "else",
          "unevaluatedItems",
          "unevaluatedProperties");
  private static final Set<String> SUBSCHEMA_LIST =
      Set.of("prefixItems", "allOf", "anyOf", "oneOf");
  private static final Set<String> SUBSCHEMA_MAP =
      Set.of("properties", "patternProperties", "$defs", "dependentSchemas");
  private static final Set<String> PLAIN =
      Set.of(
          "$schema",
          "$ref",
          "$comment",
          "type",
          "enum",
          "const",
          "multipleOf",
          "maximum",
          "exclusiveMaximum",
          "minimum",
          "exclusiveMinimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          "maxContains",
          "minContains",
          "maxProperties",
          "required",
          "title",
          "description",
          "default",
          "deprecated",
          "readOnly",
          "writeOnly",
          "examples",
          "format",
          "contentEncoding",
          "contentMediaType",
          "contentSchema");

  /** Where a member's absence decides between types. */
  private static final Set<String> CHOOSING = Set.of("not", "if", "oneOf");

  /** Schemas one instance may meet, references followed. */
  private static final int EXPANSION_LIMIT = 2_000;

  private final JsonNode root;
  private final List<SchemaProblem> problems = new ArrayList<>();
  private final Map<JsonNode, Integer> expansion = new IdentityHashMap<>();

  private SchemaShape(JsonNode root) {
    this.root = root;
  }

  /** Everything wrong with the shape of {@code schema}, in document order. */
  static List<SchemaProblem> problems(JsonNode schema) {
    SchemaShape shape = new SchemaShape(schema);
    shape.check(schema, "", false);
    if (shape.problems.isEmpty()) {
      int size = shape.expand(schema);
      if (size < 0) {
        shape.report("", "a reference leads back to itself");
      } else if (size > EXPANSION_LIMIT) {
        shape.report("", "more than " + EXPANSION_LIMIT + " schemas with references followed");
      }
    }
    return shape.problems;
  }

  /** A copy in which no member is required: absence is judged by the rules gate. */
  static JsonNode withoutPresence(JsonNode schema) {
    JsonNode copy = schema.deepCopy();
    strip(copy);
    return copy;
  }

  /** The subschema a local reference names. */
  static Optional<JsonNode> resolve(JsonNode root, String reference) {
    if (reference.equals("#")) {
      return Optional.of(root);
    }
    if (!reference.startsWith("#/") || reference.contains("%")) {
      return Optional.empty();
    }
    JsonNode found = root.at(JsonPointer.compile(reference.substring(1)));
    return found.isMissingNode() ? Optional.empty() : Optional.of(found);
  }

  private void check(JsonNode schema, String pointer, boolean choosing) {
    if (schema.isBoolean()) {
      return;
    }
    if (!schema.isObject()) {
      report(pointer, "the schema is neither an object nor a boolean");
      return;
    }
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      String keyword = member.getKey();
      JsonNode value = member.getValue();
      String at = pointer + "/" + escape(keyword);
      boolean chooses = choosing || CHOOSING.contains(keyword);
      if (SUBSCHEMA.contains(keyword)) {
        check(value, at, chooses);
      } else if (SUBSCHEMA_LIST.contains(keyword)) {
        for (int i = 0; i < value.size(); i++) {
          check(value.path(i), at + "/" + i, chooses);
        }
      } else if (SUBSCHEMA_MAP.contains(keyword)) {
        value
            .properties()
            .forEach(e -> check(e.getValue(), at + "/" + escape(e.getKey()), chooses));
        if (keyword.equals("patternProperties")) {
          value.fieldNames().forEachRemaining(name -> regex(name, at + "/" + escape(name)));
        }
      } else if (!PLAIN.contains(keyword)) {
        report(at, "the keyword is not offered for facts");
      } else {
        plain(keyword, value, at, choosing);
      }
    }
  }

  private void plain(String keyword, JsonNode value, String at, boolean choosing) {
    if (keyword.equals("$schema") && !DIALECT.equals(value.textValue())) {
      report(at, "the dialect is not " + DIALECT);
    } else if (keyword.equals("$ref")
        && !(value.isTextual() && resolve(root, value.textValue()).isPresent())) {
      report(at, "the reference names nothing within facts");
    } else if (keyword.equals("required") && choosing) {
      report(at, "absence selects between types");
    } else if (keyword.equals("pattern") && value.isTextual()) {
      regex(value.textValue(), at);
    }
  }

  private void regex(String pattern, String at) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      report(at, "the pattern is outside the linear-time syntax (RE2)");
    }
  }

  /** Counts schemas with references followed; -1 when they lead back to where they came from. */
  private int expand(JsonNode schema) {
    Integer known = expansion.putIfAbsent(schema, -1);
    if (known != null || !schema.isObject()) {
      return known == null ? close(schema, 1) : known;
    }
    long size = 1;
    for (JsonNode sub : subschemas(schema)) {
      int part = expand(sub);
      if (part < 0) {
        return -1;
      }
      size = Math.min(size + part, EXPANSION_LIMIT + 1L);
    }
    return close(schema, (int) size);
  }

  private int close(JsonNode schema, int size) {
    // Boolean schemas are shared instances, so they are counted anew each time.
    expansion.put(schema, size);
    return size;
  }

  private List<JsonNode> subschemas(JsonNode schema) {
    List<JsonNode> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      String keyword = member.getKey();
      JsonNode value = member.getValue();
      if (keyword.equals("$ref")) {
        resolve(root, value.textValue()).ifPresent(found::add);
      } else if (SUBSCHEMA.contains(keyword)) {
        found.add(value);
      } else if (SUBSCHEMA_LIST.contains(keyword)
          || (SUBSCHEMA_MAP.contains(keyword) && !keyword.equals("$defs"))) {
        value.forEach(found::add);
      }
    }
    return found;
  }

  private static void strip(JsonNode schema) {
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    object.remove("required");
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (SUBSCHEMA.contains(member.getKey())) {
        strip(member.getValue());
      } else if (SUBSCHEMA_LIST.contains(member.getKey())
          || SUBSCHEMA_MAP.contains(member.getKey())) {
        member.getValue().forEach(SchemaShape::strip);
      }
    }
  }

  private void report(String pointer, String observed) {
    problems.add(new SchemaProblem(pointer, observed));
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
