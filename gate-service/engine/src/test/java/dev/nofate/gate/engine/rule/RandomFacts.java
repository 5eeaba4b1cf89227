package dev.nofate.gate.engine.rule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Random facts at the edges of their types. */
final class RandomFacts {

  static final String SCHEMA =
      """
      { "type": "object", "additionalProperties": false, "properties": {
        "proposal": { "type": "object", "additionalProperties": false, "properties": {
          "i": { "type": "integer" }, "j": { "type": "integer" },
          "d": { "type": "number" }, "e": { "type": "number" },
          "s": { "type": "string" }, "t": { "type": "string" }, "when": { "type": "string" },
          "b": { "type": "boolean" }, "c": { "type": "boolean" },
          "li": { "type": "array", "items": { "type": "integer" } },
          "ld": { "type": "array", "items": { "type": "number" } },
          "ls": { "type": "array", "items": { "type": "string" } },
          "items": { "type": "array", "items": { "type": "object", "additionalProperties": false,
            "properties": { "q": { "type": "integer" }, "p": { "type": "number" }, "n": { "type": "string" } } } },
          "o": { "type": "object" }, "in": { "type": "object", "additionalProperties": false,
            "properties": { "deep": { "type": "integer" } } } } },
        "context": {} } }
      """;

  private final Random random;
  private final double density;

  RandomFacts(Random random, double density) {
    this.random = random;
    this.density = density;
  }

  /** Facts of which each is stated or not. */
  ObjectNode make() {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    ObjectNode proposal = facts.putObject("proposal");
    for (String name : List.of("i", "j")) {
      if (stated()) {
        proposal.put(name, whole());
      }
    }
    for (String name : List.of("d", "e")) {
      if (stated()) {
        number(proposal, name);
      }
    }
    for (String name : List.of("s", "t")) {
      if (stated()) {
        proposal.put(name, pick(RandomConditions.TEXTS));
      }
    }
    if (stated()) {
      proposal.put("when", pick(RandomConditions.TIMES));
    }
    for (String name : List.of("b", "c")) {
      if (stated()) {
        proposal.put(name, random.nextBoolean());
      }
    }
    if (stated()) {
      ArrayNode list = proposal.putArray("li");
      fill(() -> list.add(whole()));
    }
    if (stated()) {
      ArrayNode list = proposal.putArray("ld");
      fill(() -> list.add(real()));
    }
    if (stated()) {
      ArrayNode list = proposal.putArray("ls");
      fill(() -> list.add(pick(RandomConditions.TEXTS)));
    }
    if (stated()) {
      ArrayNode list = proposal.putArray("items");
      fill(() -> item(list.addObject()));
    }
    if (stated()) {
      ObjectNode open = proposal.putObject("o");
      if (stated()) {
        any(open, "k");
      }
      if (stated()) {
        any(open, "a");
      }
    }
    if (stated()) {
      ObjectNode in = proposal.putObject("in");
      if (stated()) {
        in.put("deep", whole());
      }
    }
    if (stated()) {
      ObjectNode context = facts.putObject("context");
      if (stated()) {
        any(context, "x");
      }
    }
    return facts;
  }

  private void item(ObjectNode item) {
    if (stated()) {
      item.put("q", whole());
    }
    if (stated()) {
      number(item, "p");
    }
    if (stated()) {
      item.put("n", pick(RandomConditions.TEXTS));
    }
  }

  private void any(ObjectNode parent, String name) {
    switch (random.nextInt(8)) {
      case 0 -> parent.put(name, whole());
      case 1 -> parent.put(name, real());
      case 2 -> parent.put(name, pick(RandomConditions.TEXTS));
      case 3 -> parent.putNull(name);
      case 4 -> parent.put(name, random.nextBoolean());
      case 5 -> parent.putArray(name).add(1).add("a");
      case 6 -> parent.putArray(name).add(1.0);
      default -> parent.putObject(name).put("y", whole());
    }
  }

  private void number(ObjectNode parent, String name) {
    if (random.nextBoolean()) {
      parent.put(name, whole());
    } else {
      parent.put(name, real());
    }
  }

  private void fill(Runnable add) {
    for (int i = random.nextInt(4); i > 0; i--) {
      add.run();
    }
  }

  private boolean stated() {
    return random.nextDouble() < density;
  }

  private long whole() {
    long[] values = {
      0,
      1,
      2,
      3,
      -1,
      7,
      10,
      1L << 53,
      -(1L << 53),
      9223372036854775000L,
      -9223372036854775000L,
      253402300799L
    };
    return values[random.nextInt(values.length)];
  }

  private double real() {
    double[] values = {0.5, 1.5, -2.5, 0.1, 1e300, -1e300, 1e-300, 1e19, 5e-324};
    return values[random.nextInt(values.length)];
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
