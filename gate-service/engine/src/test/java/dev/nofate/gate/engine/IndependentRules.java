package dev.nofate.gate.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random ruleset in which every fact is read once, so that no rule's value says anything about
 * another's: what is minimal can then be found by trying.
 */
final class IndependentRules {

  private final List<String> names = new ArrayList<>();
  private final String document;
  private final boolean choices;

  /**
   * Makes a ruleset.
   *
   * @param choices whether conditions may contain {@code ? :}; one over a loop asks for the loop
   *     even where both its branches are alike, because evaluating a loop may fail
   */
  IndependentRules(Random random, boolean choices) {
    this.choices = choices;
    List<String> rules = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int rule = 0; rule < count; rule++) {
      List<String> overrides = new ArrayList<>();
      for (int other = rule + 1; other < count; other++) {
        if (random.nextInt(3) == 0) {
          overrides.add("\"r" + other + "\"");
        }
      }
      rules.add(
          "{\"id\":\"r%d\",\"when\":\"%s\",\"outcome\":\"%s\",\"overrides\":[%s]}"
              .formatted(
                  rule,
                  condition(random, 2),
                  random.nextBoolean() ? "COMPLIANCE" : "VIOLATION",
                  String.join(",", overrides)));
    }
    List<String> properties =
        names.stream().map(n -> "\"" + n + "\":{\"type\":\"boolean\"}").toList();
    this.document =
        """
        {"name":"random.rules","scope":"Anything.","decision_window_ms":0,"max_clock_skew_ms":0,
         "facts":{"type":"object","additionalProperties":false,"properties":{
           "proposal":{"type":"object","additionalProperties":false,"properties":{%s}}}},
         "rules":[%s]}
        """
            .formatted(String.join(",", properties), String.join(",", rules));
  }

  String document() {
    return document;
  }

  List<String> names() {
    return names.stream().map(name -> "proposal." + name).toList();
  }

  /** Facts of which each is stated or not. */
  Map<String, Boolean> facts(Random random) {
    Map<String, Boolean> facts = new TreeMap<>();
    for (String name : names()) {
      if (random.nextInt(5) < 2) {
        facts.put(name, random.nextBoolean());
      }
    }
    return facts;
  }

  static Decision decide(CompiledRuleset ruleset, Map<String, Boolean> facts) {
    List<String> members = new ArrayList<>();
    facts.forEach((name, value) -> members.add("\"" + name.substring(9) + "\":" + value));
    return Decisions.decide(
        ruleset, Decisions.body("\"proposal\":{" + String.join(",", members) + "}"));
  }

  static List<String> missing(CompiledRuleset ruleset, Map<String, Boolean> facts) {
    return decide(ruleset, facts)
        .reason()
        .filter(reason -> reason.code() == ReasonCode.FACTS_INCOMPLETE)
        .map(Reason::missing)
        .orElse(List.of());
  }

  private String condition(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      names.add("f" + names.size());
      return "proposal." + names.get(names.size() - 1);
    }
    String first = condition(random, depth - 1);
    return switch (random.nextInt(choices ? 5 : 4)) {
      case 0 -> "(" + first + " && " + condition(random, depth - 1) + ")";
      case 1 -> "(" + first + " || " + condition(random, depth - 1) + ")";
      case 2 -> "!" + first;
      case 3 -> "[true].exists(x, x == " + first + ")";
      default ->
          "("
              + first
              + " ? "
              + condition(random, depth - 1)
              + " : "
              + condition(random, depth - 1)
              + ")";
    };
  }
}
