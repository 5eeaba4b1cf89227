package dev.nofate.system.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bodies: of the described form, of almost that form, and of no form at all. */
final class JsonNoise {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEPTH = 5;
  private static final String[] TEXTS = {
    "",
    "x",
    "payments.transfer",
    "0",
    "-1",
    "null",
    "\u0000",
    "\ud83d\ude00",
    "\u202e",
    "'; --",
    "{{7*7}}",
    "${jndi:x}",
    "../../etc/passwd",
    "2026-11-23T10:00:00.000Z",
    "018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11",
    "sha256:" + "0".repeat(64),
    "1e999",
    "\\u0000"
  };
  private static final String[] LITERALS = {
    "",
    " ",
    "null",
    "true",
    "0",
    "-0",
    "1e400",
    "-1e-400",
    "0.10",
    "9007199254740993",
    "123456789012345678901234567890",
    "\"x\"",
    "[]",
    "{}",
    "[[[]]]",
    "{\"a\":1,\"a\":2}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":NaN}",
    "{'a':1}",
    "{\"a\":1,}",
    "{\"a\":1} x",
    "\uFEFF{}",
    "{\"\":{}}",
    "{\"__proto__\":{}}",
    "<a/>",
    "a=b&c=d"
  };

  private final Random random;

  JsonNoise(Random random) {
    this.random = random;
  }

  byte[] body(Endpoint endpoint) {
    switch (random.nextInt(12)) {
      case 0:
        return text(LITERALS[random.nextInt(LITERALS.length)]);
      case 1:
        return random("[", "{\"a\":")
            .repeat(1 + random.nextInt(20_000))
            .getBytes(StandardCharsets.UTF_8);
      case 2:
        byte[] octets = new byte[random.nextInt(300)];
        random.nextBytes(octets);
        return octets;
      case 3:
        return text("{\"a\":\"" + "y".repeat(random.nextInt(400_000)) + "\"}");
      case 4:
        byte[] whole = text(endpoint.exampleBody());
        return java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      case 5:
        byte[] damaged = text(endpoint.exampleBody());
        for (int i = 0; damaged.length > 0 && i < 1 + random.nextInt(4); i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
      case 6:
        return text(endpoint.exampleBody());
      case 7, 8, 9:
        return text(mutated(endpoint.exampleBody()));
      default:
        return text(ofSchema(endpoint, endpoint.bodySchema(), 0).toString());
    }
  }

  String anyText() {
    return random.nextInt(6) == 0
        ? "z".repeat(random.nextInt(3_000))
        : TEXTS[random.nextInt(TEXTS.length)];
  }

  /** The example with one of its values replaced, dropped, or something added. */
  private String mutated(String example) {
    JsonNode root;
    try {
      root = JSON.readTree(example);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return example;
    }
    List<ObjectNode> objects = new ArrayList<>();
    collect(root, objects);
    if (objects.isEmpty()) {
      return any(0).toString();
    }
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      ObjectNode object = objects.get(random.nextInt(objects.size()));
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      if (names.isEmpty() || random.nextInt(5) == 0) {
        object.set(anyText(), any(0));
      } else if (random.nextInt(4) == 0) {
        object.remove(names.get(random.nextInt(names.size())));
      } else {
        object.set(names.get(random.nextInt(names.size())), any(0));
      }
    }
    return root.toString();
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private JsonNode ofSchema(Endpoint endpoint, JsonNode unresolved, int depth) {
    JsonNode schema = endpoint.resolve(unresolved);
    if (depth > DEPTH || random.nextInt(8) == 0) {
      return any(depth);
    }
    String type = schema.path("type").isTextual() ? schema.path("type").textValue() : "object";
    return switch (type) {
      case "string" -> JSON.getNodeFactory().textNode(anyText());
      case "integer", "number" -> number();
      case "boolean" -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case "array" -> {
        ArrayNode array = JSON.createArrayNode();
        for (int i = 0; i < random.nextInt(4); i++) {
          array.add(ofSchema(endpoint, schema.path("items"), depth + 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.createObjectNode();
        schema
            .path("properties")
            .fields()
            .forEachRemaining(
                member -> {
                  if (random.nextInt(6) != 0) {
                    object.set(member.getKey(), ofSchema(endpoint, member.getValue(), depth + 1));
                  }
                });
        yield object;
      }
    };
  }

  private JsonNode any(int depth) {
    return switch (random.nextInt(depth > DEPTH ? 4 : 7)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 2 -> number();
      case 3 -> JSON.getNodeFactory().textNode(anyText());
      case 4 -> JSON.createArrayNode().add(any(depth + 1)).add(any(depth + 1));
      case 5 -> JSON.createObjectNode().set(anyText(), any(depth + 1));
      default -> JSON.createObjectNode();
    };
  }

  private JsonNode number() {
    return switch (random.nextInt(5)) {
      case 0 -> JSON.getNodeFactory().numberNode(random.nextInt());
      case 1 -> JSON.getNodeFactory().numberNode(Long.MAX_VALUE);
      case 2 -> JSON.getNodeFactory().numberNode(random.nextDouble());
      case 3 -> JSON.getNodeFactory().numberNode(-1);
      default -> JSON.getNodeFactory().numberNode(new java.math.BigInteger("9".repeat(40)));
    };
  }

  private String random(String one, String other) {
    return random.nextBoolean() ? one : other;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
