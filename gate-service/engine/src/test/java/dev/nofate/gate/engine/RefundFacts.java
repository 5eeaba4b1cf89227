package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random facts for {@link TestRulesets#REFUND} and {@link TestRulesets#CHOICE}. */
final class RefundFacts {

  static final List<String> REFUND =
      List.of(
          "proposal.amount",
          "proposal.reason",
          "proposal.items",
          "context.vip",
          "context.ceiling",
          "context.blocked",
          "context.tags",
          "context.divisor");

  static final List<String> CHOICE =
      List.of(
          "proposal.rows",
          "proposal.region",
          "context.strict",
          "context.strict_rows",
          "context.loose_rows",
          "context.regions",
          "context.default_region");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RefundFacts() {}

  /** Facts of which each is stated with probability {@code density}. */
  static ObjectNode random(List<String> names, Random random, double density) {
    ObjectNode facts = JSON.objectNode();
    facts.putObject("proposal");
    facts.putObject("context");
    for (String name : names) {
      if (random.nextDouble() < density) {
        put(facts, name, random);
      }
    }
    return facts;
  }

  /** Puts a random value of the declared type. */
  static void put(ObjectNode facts, String name, Random random) {
    String[] path = name.split("\\.");
    ObjectNode parent = facts.withObject("/" + path[0]);
    for (int i = 1; i < path.length - 1; i++) {
      parent = parent.withObject("/" + path[i]);
    }
    parent.set(path[path.length - 1], value(name, random));
  }

  private static JsonNode value(String name, Random random) {
    return switch (name) {
      case "proposal.amount", "context.ceiling" -> JSON.numberNode(random.nextInt(80) / 2.0);
      case "proposal.reason" -> JSON.textNode(pick(random, "damaged", "late", "other"));
      case "proposal.items" ->
          JSON.arrayNode().add(JSON.objectNode().put("price", random.nextInt(40)));
      case "context.vip", "context.blocked", "context.strict" ->
          JSON.booleanNode(random.nextBoolean());
      case "context.tags" ->
          random.nextBoolean() ? JSON.objectNode() : JSON.objectNode().put("review", "none");
      case "context.tags.review" -> JSON.textNode(pick(random, "hold", "none"));
      case "context.divisor", "proposal.rows", "context.strict_rows", "context.loose_rows" ->
          JSON.numberNode((long) random.nextInt(5));
      case "proposal.region", "context.default_region" ->
          JSON.textNode(pick(random, "eu", "us", "uk"));
      case "context.regions" ->
          random.nextBoolean() ? JSON.arrayNode() : JSON.arrayNode().add(pick(random, "eu", "us"));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  /** A request over the facts, its members in random order with random white space. */
  static String body(ObjectNode facts, Random random) {
    ObjectNode request = facts.deepCopy();
    request.put("ruleset", "any");
    request.put("evaluated_at", "2026-11-23T10:00:00Z");
    return shuffled(request, random);
  }

  static String shuffled(JsonNode node, Random random) {
    String space = pick(random, "", " ", "\n\t");
    if (node.isObject()) {
      List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
      Collections.shuffle(members, random);
      List<String> texts = new ArrayList<>();
      members.forEach(
          m ->
              texts.add(
                  space + "\"" + m.getKey() + "\":" + space + shuffled(m.getValue(), random)));
      return "{" + String.join(",", texts) + space + "}";
    }
    if (node.isArray()) {
      List<String> texts = new ArrayList<>();
      node.forEach(element -> texts.add(space + shuffled(element, random)));
      return "[" + String.join(",", texts) + "]";
    }
    return node.toString();
  }
}
