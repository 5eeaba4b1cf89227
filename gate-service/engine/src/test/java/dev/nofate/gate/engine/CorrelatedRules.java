package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random ruleset whose rules read the same few facts again and again, so that they imply and
 * exclude one another: every fact is held against known values, and has so few that tell apart that
 * all completions can be tried.
 */
final class CorrelatedRules {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** For each fact all the values that some condition can tell apart, and one beyond them. */
  static final Map<String, List<JsonNode>> VALUES =
      new TreeMap<>(
          Map.of(
              "vip", List.of(JSON.booleanNode(false), JSON.booleanNode(true)),
              "blocked", List.of(JSON.booleanNode(false), JSON.booleanNode(true)),
              "amount", longs(0, 1, 2, 3),
              "score", reals(0.5, 1, 1.5, 2, 2.5),
              "region", List.of(JSON.textNode("eu"), JSON.textNode("us"), JSON.textNode("uk"))));

  private static final String PROPERTIES =
      """
      "vip":{"type":"boolean"},"blocked":{"type":"boolean"},"amount":{"type":"integer"},
      "score":{"type":"number"},"region":{"type":"string"},"limit":{"type":"integer"}""";

  private final Random random;
  private final String document;

  CorrelatedRules(Random random) {
    this.random = random;
    List<String> rules = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int rule = 0; rule < count; rule++) {
      List<String> overrides = new ArrayList<>();
      for (int other = rule + 1; other < count; other++) {
        if (random.nextInt(4) == 0) {
          overrides.add("\"r" + other + "\"");
        }
      }
      rules.add(
          "{\"id\":\"r%d\",\"when\":\"%s\",\"outcome\":\"%s\",\"overrides\":[%s]}"
              .formatted(
                  rule,
                  condition(3),
                  random.nextBoolean() ? "COMPLIANCE" : "VIOLATION",
                  String.join(",", overrides)));
    }
    this.document =
        """
        {"name":"random.rules","scope":"Anything.","decision_window_ms":0,"max_clock_skew_ms":0,
         "facts":{"type":"object","additionalProperties":false,"properties":{
           "proposal":{"type":"object","additionalProperties":false,"properties":{%s}}}},
         "rules":[%s]}
        """
            .formatted(PROPERTIES, String.join(",", rules));
  }

  String document() {
    return document;
  }

  /** Facts of which each is stated or not; {@code limit} always is, as 2. */
  ObjectNode facts() {
    ObjectNode proposal = JSON.objectNode().put("limit", 2L);
    VALUES.forEach(
        (name, values) -> {
          if (random.nextInt(3) == 0) {
            proposal.set(name, values.get(random.nextInt(values.size())));
          }
        });
    return proposal;
  }

  /** How a run over facts ends: the code of what stands in its way, or the outcomes. */
  static String ending(CompiledRuleset ruleset, ObjectNode proposal) {
    Rules.Finding finding = finding(ruleset, proposal);
    return finding.obstacle().map(reason -> reason.code().name()).orElse("")
        + finding.outcomes().stream().sorted().toList();
  }

  /** Names of the facts a run asks for; empty when it asks for none. */
  static List<String> missing(CompiledRuleset ruleset, ObjectNode proposal) {
    return finding(ruleset, proposal)
        .obstacle()
        .filter(reason -> reason.code() == ReasonCode.FACTS_INCOMPLETE)
        .map(Reason::missing)
        .orElse(List.of());
  }

  /** What every completion of the absent facts ends in, found by trying all of them. */
  static Map<ObjectNode, String> completions(CompiledRuleset ruleset, ObjectNode proposal) {
    List<ObjectNode> complete = List.of(proposal);
    for (Map.Entry<String, List<JsonNode>> fact : VALUES.entrySet()) {
      if (!proposal.has(fact.getKey())) {
        List<ObjectNode> more = new ArrayList<>();
        for (ObjectNode each : complete) {
          fact.getValue().forEach(value -> more.add(each.deepCopy().set(fact.getKey(), value)));
        }
        complete = more;
      }
    }
    Map<ObjectNode, String> endings = new HashMap<>();
    complete.forEach(facts -> endings.put(facts, ending(ruleset, facts)));
    return endings;
  }

  /** Absent facts of which each alone tells two completions with different endings apart. */
  static List<String> decisive(ObjectNode proposal, Map<ObjectNode, String> completions) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, List<JsonNode>> fact : VALUES.entrySet()) {
      if (!proposal.has(fact.getKey()) && decides(fact.getKey(), completions)) {
        names.add("proposal." + fact.getKey());
      }
    }
    return names;
  }

  private static boolean decides(String name, Map<ObjectNode, String> completions) {
    Map<ObjectNode, String> withoutIt = new HashMap<>();
    return completions.entrySet().stream()
        .anyMatch(
            entry -> {
              ObjectNode rest = entry.getKey().deepCopy();
              rest.remove(name);
              String other = withoutIt.putIfAbsent(rest, entry.getValue());
              return other != null && !other.equals(entry.getValue());
            });
  }

  private static Rules.Finding finding(CompiledRuleset ruleset, ObjectNode proposal) {
    return ruleset.rules().judge(JSON.objectNode().set("proposal", proposal));
  }

  private String condition(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return atom();
    }
    return switch (random.nextInt(6)) {
      case 0, 1 -> "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
      case 2, 3 -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
      case 4 -> "!(" + condition(depth - 1) + ")";
      default ->
          "("
              + condition(depth - 1)
              + " ? "
              + condition(depth - 1)
              + " : "
              + condition(depth - 1)
              + ")";
    };
  }

  private String atom() {
    String compares = List.of("<", "<=", ">", ">=", "==", "!=").get(random.nextInt(6));
    return switch (random.nextInt(8)) {
      case 0 -> "proposal.vip";
      case 1 -> "proposal.blocked";
      case 2 -> "proposal.amount " + compares + " " + (1 + random.nextInt(2));
      case 3 -> "proposal.limit " + compares + " proposal.amount";
      case 4 -> "proposal.score " + compares + " " + (1 + random.nextInt(2)) + ".0";
      case 5 -> "proposal.region " + (random.nextBoolean() ? "==" : "!=") + " 'eu'";
      case 6 -> "proposal.region in ['eu', 'us']";
      default -> "proposal.vip == " + random.nextBoolean();
    };
  }

  /** As strict reading makes them: what is whole is a long. */
  private static List<JsonNode> reals(double... values) {
    List<JsonNode> nodes = new ArrayList<>();
    for (double value : values) {
      boolean whole = Math.rint(value) == value;
      nodes.add(whole ? JSON.numberNode((long) value) : JSON.numberNode(value));
    }
    return nodes;
  }

  private static List<JsonNode> longs(long... values) {
    List<JsonNode> nodes = new ArrayList<>();
    for (long value : values) {
      nodes.add(JSON.numberNode(value));
    }
    return nodes;
  }
}
