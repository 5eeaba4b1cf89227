package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.diff.Change;
import dev.nofate.gate.engine.diff.JsonDiff;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.JsonLimits;
import dev.nofate.gate.engine.json.JsonReading;
import dev.nofate.gate.engine.json.Octets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What differs between two ruleset documents. Rules are compared by id, whatever their order.
 *
 * @param added rules the document after has and the one before has not, by id
 * @param removed rules the document before has and the one after has not, by id
 * @param changed rules that both have and that differ, by id
 * @param reordered whether rules that both have stand in another order; that changes the digest and
 *     no decision
 * @param members what differs outside the rules
 */
public record RulesetDiff(
    List<JsonNode> added,
    List<JsonNode> removed,
    List<ChangedRule> changed,
    boolean reordered,
    List<Change> members) {

  public RulesetDiff {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    members = List.copyOf(members);
  }

  /**
   * A rule that differs.
   *
   * @param id the rule's id
   * @param members what differs, by JSON Pointer into the rule
   */
  public record ChangedRule(String id, List<Change> members) {

    public ChangedRule {
      members = List.copyOf(members);
    }
  }

  /**
   * Compares two documents that were published, in the form {@link
   * CompiledRuleset#canonicalDocument} gives.
   *
   * @throws IllegalArgumentException when one of them is no strict JSON object with rules
   */
  public static RulesetDiff between(Octets before, Octets after, JsonLimits limits) {
    JsonNode left = document(before, limits);
    JsonNode right = document(after, limits);
    Map<String, JsonNode> lefts = rules(left);
    Map<String, JsonNode> rights = rules(right);
    List<ChangedRule> changed = new ArrayList<>();
    for (String id : new TreeSet<>(lefts.keySet())) {
      if (rights.containsKey(id) && !lefts.get(id).equals(rights.get(id))) {
        changed.add(new ChangedRule(id, JsonDiff.between("", lefts.get(id), rights.get(id))));
      }
    }
    return new RulesetDiff(
        without(rights, lefts),
        without(lefts, rights),
        changed,
        !shared(lefts, rights).equals(shared(rights, lefts)),
        JsonDiff.between("", withoutRules(left), withoutRules(right)));
  }

  /** Whether the documents are the same. */
  public boolean isEmpty() {
    return added.isEmpty()
        && removed.isEmpty()
        && changed.isEmpty()
        && !reordered
        && members.isEmpty();
  }

  /** An object with {@code rules} (added, removed, changed, reordered) and {@code members}. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode rules = json.putObject("rules");
    rules.putArray("added").addAll(added);
    rules.putArray("removed").addAll(removed);
    ArrayNode array = rules.putArray("changed");
    for (ChangedRule rule : changed) {
      ObjectNode entry = array.addObject().put("id", rule.id());
      rule.members().forEach(change -> entry.withArray("/members").add(change.toJson()));
    }
    rules.put("reordered", reordered);
    ArrayNode others = json.putArray("members");
    members.forEach(change -> others.add(change.toJson()));
    return json;
  }

  private static JsonNode document(Octets text, JsonLimits limits) {
    if (CanonicalJson.read(text.toByteArray(), limits) instanceof JsonReading.Value json
        && json.value().path("rules").isArray()) {
      return json.value();
    }
    throw new IllegalArgumentException("the text is no ruleset document");
  }

  private static Map<String, JsonNode> rules(JsonNode document) {
    Map<String, JsonNode> rules = new LinkedHashMap<>();
    for (JsonNode rule : document.get("rules")) {
      String id = Objects.requireNonNullElse(rule.path("id").textValue(), "");
      if (id.isEmpty() || rules.putIfAbsent(id, rule) != null) {
        throw new IllegalArgumentException("a rule has no id of its own");
      }
    }
    return rules;
  }

  private static JsonNode withoutRules(JsonNode document) {
    return ((ObjectNode) document.deepCopy()).without("rules");
  }

  private static List<JsonNode> without(Map<String, JsonNode> rules, Map<String, JsonNode> others) {
    return new TreeSet<>(rules.keySet())
        .stream().filter(id -> !others.containsKey(id)).map(rules::get).toList();
  }

  private static List<String> shared(Map<String, JsonNode> rules, Map<String, JsonNode> others) {
    return rules.keySet().stream().filter(others::containsKey).toList();
  }
}
