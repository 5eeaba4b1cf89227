package dev.nofate.gate.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The short way through a schema admits nothing that the library would not. */
class PlainShapeTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> NAMES = List.of("proposal", "context", "a", "b");

  @Property(tries = 1_000)
  void whatIsAdmittedMatchesAndWhatIsPlainAndMatchesIsAdmitted(@ForAll long seed) {
    Random random = new Random(seed);
    ObjectNode schema = object(random, 3);
    FactSchema facts = FactSchema.of(schema, List.of("proposal", "context"));
    PlainShape plain = PlainShape.of(schema).orElseThrow();
    for (int i = 0; i < 10; i++) {
      JsonNode value = random.nextInt(4) == 0 ? value(random, 3) : fitting(schema, random);
      boolean matches = facts.slowly(value).isEmpty();
      // An integer beyond 64 bits is left to the library: whether it fits depends on more.
      boolean beyond = value.toString().contains("1.0E30");
      assertThat(plain.admits(value))
          .as("%s under %s", value, schema)
          .isIn(matches, matches && !beyond);
    }
  }

  @Example
  void whatSaysMoreThanTypesIsNotPlain() {
    for (String more : List.of("enum", "const", "minimum", "pattern", "$ref", "maxItems", "not")) {
      ObjectNode schema = JSON.objectNode().put("type", "object");
      schema.putObject("properties").putObject("a").put("type", "string").putObject(more);
      assertThat(PlainShape.of(schema)).as(more).isEmpty();
    }
    assertThat(PlainShape.of(JSON.objectNode())).isEmpty();
    assertThat(PlainShape.of(JSON.booleanNode(true))).isEmpty();
    assertThat(
            PlainShape.of(
                JSON.objectNode().put("type", "object").set("additionalProperties", object())))
        .isEmpty();
  }

  private static ObjectNode object() {
    return JSON.objectNode().put("type", "object");
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode schema = object();
    if (random.nextBoolean()) {
      schema.put("additionalProperties", random.nextBoolean());
    }
    ObjectNode members = schema.putObject("properties");
    NAMES.stream()
        .filter(name -> random.nextBoolean())
        .forEach(name -> members.set(name, schema(random, depth - 1)));
    return schema;
  }

  private static ObjectNode schema(Random random, int depth) {
    String type =
        List.of("string", "integer", "number", "boolean", "null", "array", "object")
            .get(random.nextInt(depth > 0 ? 7 : 5));
    if (type.equals("object")) {
      return object(random, depth);
    }
    ObjectNode schema = JSON.objectNode().put("type", type);
    if (type.equals("array") && random.nextBoolean()) {
      schema.set("items", schema(random, depth - 1));
    }
    return schema;
  }

  /** A value that fits, as far as a few random members allow. */
  private static JsonNode fitting(JsonNode schema, Random random) {
    return switch (schema.path("type").asText()) {
      case "string" -> JSON.textNode("x");
      case "integer" -> JSON.numberNode(random.nextLong());
      case "number" ->
          random.nextBoolean() ? JSON.numberNode(random.nextDouble()) : JSON.numberNode(7L);
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "null" -> JSON.nullNode();
      case "array" -> {
        var array = JSON.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          array.add(schema.has("items") ? fitting(schema.get("items"), random) : value(random, 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.objectNode();
        for (var member : schema.path("properties").properties()) {
          if (random.nextInt(3) > 0) {
            object.set(member.getKey(), fitting(member.getValue(), random));
          }
        }
        if (random.nextInt(4) == 0) {
          object.set(NAMES.get(random.nextInt(NAMES.size())), value(random, 1));
        }
        yield object;
      }
    };
  }

  /** Numbers as strict reading makes them. */
  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> JSON.textNode("y");
      case 1 -> JSON.numberNode((long) random.nextInt());
      case 2 -> JSON.numberNode(random.nextDouble());
      case 3 -> JSON.numberNode(1e30);
      case 4 -> JSON.booleanNode(true);
      case 5 -> JSON.nullNode();
      case 6 -> JSON.arrayNode().add(value(random, depth - 1));
      default ->
          JSON.objectNode().set(NAMES.get(random.nextInt(NAMES.size())), value(random, depth - 1));
    };
  }
}
