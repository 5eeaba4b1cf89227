package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.RulesetProblem.Code;
import dev.nofate.gate.engine.fact.FactTypes;
import dev.nofate.gate.engine.rule.ExpressionLimits;
import dev.nofate.gate.engine.rule.ExpressionProblem;
import dev.nofate.gate.engine.rule.RuleBook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the member {@code rules} of a ruleset document. */
final class RulesReader {

  private static final Set<String> REQUIRED = Set.of("id", "when", "outcome");
  private static final Set<String> OPTIONAL = Set.of("overrides", "cite");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern TEXT = Pattern.compile("(?s).*\\S.*");
  private static final Pattern OUTCOME = Pattern.compile("COMPLIANCE|VIOLATION");

  private final DocumentCheck check;
  private final RulesetLimits limits;
  private final Map<Integer, Rule> rules = new HashMap<>();

  RulesReader(DocumentCheck check, RulesetLimits limits) {
    this.check = check;
    this.limits = limits;
  }

  /** Reads what can be read; the order is the document's. */
  void read(JsonNode node) {
    if (!check.array(node, "/rules", limits.rules())) {
      return;
    }
    if (node.isEmpty()) {
      check.report(Code.INVALID_MEMBER, "/rules", "there is no rule");
    }
    for (int i = 0; i < node.size(); i++) {
      int index = i;
      rule(node.get(i), "/rules/" + i).ifPresent(rule -> rules.put(index, rule));
    }
    repeatedIds();
    overrides();
  }

  /** The rules read, in document order. */
  List<Rule> rules() {
    return rules.keySet().stream().sorted().map(rules::get).toList();
  }

  /** Compiles the conditions of the rules read, each with its own problems. */
  Optional<RuleBook> compile(FactTypes types) {
    List<Integer> indices = rules.keySet().stream().sorted().toList();
    RuleBook.Result result =
        RuleBook.compile(
            indices.stream().map(i -> rules.get(i).when()).toList(),
            types,
            expressionLimits(limits));
    if (result instanceof RuleBook.Result.Compiled compiled) {
      return Optional.of(compiled.book()).filter(this::isAffordable);
    }
    List<List<ExpressionProblem>> problems = ((RuleBook.Result.Refused) result).problems();
    for (int i = 0; i < problems.size(); i++) {
      int index = indices.get(i);
      for (ExpressionProblem problem : problems.get(i)) {
        check.reportRule(
            code(problem.kind()),
            "/rules/" + index + "/when",
            rules.get(index).id(),
            problem.column(),
            problem.observed());
      }
    }
    return Optional.empty();
  }

  private boolean isAffordable(RuleBook book) {
    boolean affordable = book.cost() <= limits.totalCost();
    if (!affordable) {
      check.report(
          Code.COST_EXCEEDED,
          "/rules",
          "worst-case cost " + book.cost() + " of all rules, limit " + limits.totalCost());
    }
    return affordable;
  }

  /** The same rules in reversed order, compiled by a compiler of their own. */
  static Rules reversed(List<Rule> rules, FactTypes types, RulesetLimits limits) {
    List<Rule> reversed = new ArrayList<>(rules);
    Collections.reverse(reversed);
    RuleBook.Result result =
        RuleBook.compile(
            reversed.stream().map(Rule::when).toList(), types, expressionLimits(limits));
    if (result instanceof RuleBook.Result.Compiled compiled) {
      return new Rules(reversed, compiled.book());
    }
    throw new IllegalStateException("rules that compiled once do not compile again");
  }

  private static ExpressionLimits expressionLimits(RulesetLimits limits) {
    return new ExpressionLimits(
        limits.expressionLength(),
        limits.expressionNodes(),
        limits.expressionDepth(),
        limits.expressionCost(),
        limits.loopIterations());
  }

  private Optional<Rule> rule(JsonNode node, String pointer) {
    if (!check.object(node, pointer, REQUIRED, OPTIONAL) && !node.isObject()) {
      return Optional.empty();
    }
    Optional<String> id = check.text(node, pointer, "id", ID);
    Optional<String> when = check.text(node, pointer, "when", TEXT);
    Optional<String> outcome = check.text(node, pointer, "outcome", OUTCOME);
    Optional<String> cite = check.text(node, pointer, "cite", TEXT);
    List<String> overrides = overrides(node, pointer);
    return id.isPresent() && when.isPresent() && outcome.isPresent()
        ? Optional.of(
            new Rule(
                id.orElseThrow(),
                when.orElseThrow(),
                Outcome.valueOf(outcome.orElseThrow()),
                overrides,
                cite))
        : Optional.empty();
  }

  private List<String> overrides(JsonNode rule, String pointer) {
    JsonNode node = rule.get("overrides");
    if (node == null || !check.array(node, pointer + "/overrides", limits.rules())) {
      return List.of();
    }
    Set<String> ids = new LinkedHashSet<>();
    for (int i = 0; i < node.size(); i++) {
      String at = pointer + "/overrides/" + i;
      if (!node.get(i).isTextual()) {
        check.report(Code.INVALID_MEMBER, at, "the value is no string");
      } else if (!ids.add(node.get(i).textValue())) {
        check.report(Code.DUPLICATE_ID, at, "the override is repeated");
      }
    }
    return List.copyOf(ids);
  }

  private void repeatedIds() {
    Set<String> seen = new HashSet<>();
    for (int index : rules.keySet().stream().sorted().toList()) {
      String id = rules.get(index).id();
      if (!seen.add(id)) {
        check.reportRule(
            Code.DUPLICATE_ID,
            "/rules/" + index + "/id",
            id,
            OptionalInt.empty(),
            "another rule has this id");
      }
    }
  }

  private void overrides() {
    Map<String, Rule> byId = new HashMap<>();
    rules.values().forEach(rule -> byId.putIfAbsent(rule.id(), rule));
    int total = 0;
    for (int index : rules.keySet().stream().sorted().toList()) {
      Rule rule = rules.get(index);
      total += rule.overrides().size();
      for (int i = 0; i < rule.overrides().size(); i++) {
        if (!byId.containsKey(rule.overrides().get(i))) {
          override(Code.UNKNOWN_OVERRIDE, index, "/" + i, "no rule has this id");
        }
      }
      if (reaches(rule.id(), rule, byId)) {
        override(Code.CYCLIC_OVERRIDE, index, "", "the rule overrides itself through others");
      }
    }
    if (total > limits.overrides()) {
      check.report(
          Code.LIMIT_EXCEEDED, "/rules", total + " overrides, limit " + limits.overrides());
    }
  }

  private void override(Code code, int index, String suffix, String observed) {
    check.reportRule(
        code,
        "/rules/" + index + "/overrides" + suffix,
        rules.get(index).id(),
        OptionalInt.empty(),
        observed);
  }

  /** Whether the overrides of {@code from} lead to {@code target}. */
  private static boolean reaches(String target, Rule from, Map<String, Rule> byId) {
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(from.overrides());
    while (!open.isEmpty()) {
      String id = open.remove(open.size() - 1);
      if (id.equals(target)) {
        return true;
      }
      if (seen.add(id) && byId.containsKey(id)) {
        open.addAll(byId.get(id).overrides());
      }
    }
    return false;
  }

  private static Code code(ExpressionProblem.Kind kind) {
    return switch (kind) {
      case SYNTAX -> Code.EXPRESSION_SYNTAX;
      case TYPE -> Code.EXPRESSION_TYPE;
      case UNDECLARED_FACT -> Code.UNDECLARED_FACT;
      case FUNCTION_NOT_OFFERED -> Code.FUNCTION_NOT_OFFERED;
      case LIMIT -> Code.LIMIT_EXCEEDED;
      case COST -> Code.COST_EXCEEDED;
    };
  }
}
