package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.RulesetProblem.Code;
import dev.nofate.gate.engine.fact.FactTypes;
import dev.nofate.gate.engine.rule.ExpressionLimits;
import dev.nofate.gate.engine.rule.ExpressionProblem;
import dev.nofate.gate.engine.rule.RuleBook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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
  private final List<Draft> drafts = new ArrayList<>();

  RulesReader(DocumentCheck check, RulesetLimits limits) {
    this.check = check;
    this.limits = limits;
  }

  /**
   * A rule as far as it could be read, so that what is wrong with one member hides nothing that is
   * wrong with another.
   *
   * @param index its place among the rules
   */
  record Draft(
      int index,
      Optional<String> id,
      Optional<String> when,
      Optional<Outcome> outcome,
      List<String> overrides,
      Optional<String> cite) {

    String pointer() {
      return "/rules/" + index;
    }

    Rule rule() {
      return new Rule(id.orElseThrow(), when.orElseThrow(), outcome.orElseThrow(), overrides, cite);
    }
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
      rule(node.get(i), i);
    }
    new OverrideCheck(drafts, check, limits).run();
  }

  /**
   * The rules in document order.
   *
   * @throws java.util.NoSuchElementException when one of them could not be read
   */
  List<Rule> rules() {
    return drafts.stream().map(Draft::rule).toList();
  }

  /** Compiles the conditions that could be read, each with its own problems. */
  Optional<RuleBook> compile(FactTypes types) {
    List<Draft> conditional = drafts.stream().filter(draft -> draft.when().isPresent()).toList();
    RuleBook.Result result =
        RuleBook.compile(
            conditional.stream().map(draft -> draft.when().orElseThrow()).toList(),
            types,
            expressionLimits(limits));
    if (result instanceof RuleBook.Result.Compiled compiled) {
      return Optional.of(compiled.book()).filter(this::isAffordable);
    }
    List<List<ExpressionProblem>> problems = ((RuleBook.Result.Refused) result).problems();
    for (int i = 0; i < problems.size(); i++) {
      Draft draft = conditional.get(i);
      problems.get(i).forEach(problem -> report(draft, problem));
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

  private void report(Draft draft, ExpressionProblem problem) {
    check.report(
        new RulesetProblem(
            code(problem.kind()),
            draft.pointer() + "/when",
            draft.id(),
            problem.column(),
            problem.observed()));
  }

  private void rule(JsonNode node, int index) {
    String pointer = "/rules/" + index;
    if (!check.object(node, pointer, REQUIRED, OPTIONAL) && !node.isObject()) {
      return;
    }
    drafts.add(
        new Draft(
            index,
            check.text(node, pointer, "id", ID),
            check.text(node, pointer, "when", TEXT),
            check.text(node, pointer, "outcome", OUTCOME).map(Outcome::valueOf),
            overrides(node, pointer),
            check.text(node, pointer, "cite", TEXT)));
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
