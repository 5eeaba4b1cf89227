package dev.nofate.gate.engine.rule;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.nofate.gate.engine.rule.Atom.Comparison;
import dev.nofate.gate.engine.rule.FactVariables.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The atoms of one ruleset's conditions; takes conditions apart into formulas over them. */
final class Atoms {

  private static final String NOT = Operator.LOGICAL_NOT.getFunction();
  private static final String AND = Operator.LOGICAL_AND.getFunction();
  private static final String OR = Operator.LOGICAL_OR.getFunction();
  private static final String CHOICE = Operator.CONDITIONAL.getFunction();
  private static final String EQUALS = Operator.EQUALS.getFunction();
  private static final String NOT_EQUALS = Operator.NOT_EQUALS.getFunction();
  private static final String LESS = Operator.LESS.getFunction();
  private static final String LESS_EQUALS = Operator.LESS_EQUALS.getFunction();
  private static final String GREATER = Operator.GREATER.getFunction();
  private static final String GREATER_EQUALS = Operator.GREATER_EQUALS.getFunction();
  private static final String IN = Operator.IN.getFunction();

  private static final Set<String> COMPARING =
      Set.of(EQUALS, NOT_EQUALS, LESS, LESS_EQUALS, GREATER, GREATER_EQUALS);

  /** Functions that come to a value whatever their arguments are, of the types they are for. */
  private static final Set<String> NEVER_FAILING =
      ImmutableSet.<String>builder()
          .addAll(COMPARING)
          .add(IN, NOT, AND, OR, CHOICE, "size", "contains", "startsWith", "endsWith")
          .build();

  /** Types all of whose values compare with one another; a computed double may be no number. */
  private static final Set<CelType> ORDERED =
      Set.of(
          SimpleType.INT,
          SimpleType.STRING,
          SimpleType.BOOL,
          SimpleType.TIMESTAMP,
          SimpleType.DURATION);

  private static final Set<CelType> DECLARED =
      Set.of(SimpleType.INT, SimpleType.DOUBLE, SimpleType.STRING, SimpleType.BOOL);

  /** What the rule around an expression knows of it. */
  interface Rule extends Need.Planner {

    /** The checked type of a part. */
    CelType type(CelExpr part);

    /** The variable that stands for the value of a fact; null for any other name. */
    Variable variable(String name);
  }

  private final List<Atom> atoms = new ArrayList<>();
  private final Map<String, Integer> byText = new HashMap<>();

  /** An atom by its index. */
  Atom get(int index) {
    return atoms.get(index);
  }

  int count() {
    return atoms.size();
  }

  /**
   * Takes a rewritten condition apart. One with several loops is an atom as a whole, because they
   * share one count of iterations.
   */
  Formula formula(CelExpr condition, Rule rule) throws CelEvaluationException {
    return Expressions.loops(condition) > 1 ? leaf(condition, rule) : apart(condition, rule);
  }

  private Formula apart(CelExpr expr, Rule rule) throws CelEvaluationException {
    ExprKind.Kind kind = expr.exprKind().getKind();
    if (kind == ExprKind.Kind.CONSTANT) {
      return new Formula.Known(Truth.of(expr.constant().booleanValue()));
    }
    if (kind != ExprKind.Kind.CALL) {
      return leaf(expr, rule);
    }
    List<CelExpr> args = expr.call().args();
    String function = expr.call().function();
    if (function.equals(NOT)) {
      return new Formula.Not(apart(args.get(0), rule));
    }
    if (function.equals(AND) || function.equals(OR)) {
      return new Formula.Joined(
          function.equals(AND), apart(args.get(0), rule), apart(args.get(1), rule));
    }
    if (function.equals(CHOICE)) {
      return new Formula.Choice(
          apart(args.get(0), rule), apart(args.get(1), rule), apart(args.get(2), rule));
    }
    return COMPARING.contains(function) ? comparison(expr, rule) : leaf(expr, rule);
  }

  private Formula leaf(CelExpr expr, Rule rule) throws CelEvaluationException {
    return new Formula.Leaf(atom(Expressions.text(expr), expr, false, rule));
  }

  /** Every comparison as an equality or a less-than, or the opposite of one. */
  private Formula comparison(CelExpr expr, Rule rule) throws CelEvaluationException {
    String function = expr.call().function();
    CelExpr left = expr.call().args().get(0);
    CelExpr right = expr.call().args().get(1);
    String first = Expressions.text(left);
    String second = Expressions.text(right);
    if (function.equals(EQUALS) || function.equals(NOT_EQUALS)) {
      boolean inverted = function.equals(NOT_EQUALS);
      boolean swapped = first.compareTo(second) > 0;
      String text = swapped ? second + "==" + first : first + "==" + second;
      return opposite(inverted, atom(text, expr, inverted, rule));
    }
    boolean swapped = function.equals(GREATER) || function.equals(GREATER_EQUALS);
    boolean strict = function.equals(LESS) || function.equals(GREATER);
    String lower = swapped ? second : first;
    String upper = swapped ? first : second;
    if (strict) {
      return new Formula.Leaf(atom(lower + "<" + upper, expr, false, rule));
    }
    // Lower or equal is not upper below lower, where all values compare.
    boolean inverted = isOrdered(left, rule) && isOrdered(right, rule);
    String text = inverted ? upper + "<" + lower : lower + "<=" + upper;
    return opposite(inverted, atom(text, expr, inverted, rule));
  }

  private static Formula opposite(boolean inverted, int atom) {
    Formula leaf = new Formula.Leaf(atom);
    return inverted ? new Formula.Not(leaf) : leaf;
  }

  private static boolean isOrdered(CelExpr operand, Rule rule) {
    ExprKind.Kind kind = operand.exprKind().getKind();
    boolean read = kind == ExprKind.Kind.IDENT && rule.variable(operand.ident().name()) != null;
    return read || kind == ExprKind.Kind.CONSTANT || ORDERED.contains(rule.type(operand));
  }

  private int atom(String text, CelExpr expr, boolean inverted, Rule rule)
      throws CelEvaluationException {
    Integer known = byText.get(text);
    if (known != null) {
      return known;
    }
    atoms.add(new Atom(Need.of(expr, rule), inverted, mayFail(expr, rule), views(expr, rule)));
    byText.put(text, atoms.size() - 1);
    return atoms.size() - 1;
  }

  private static boolean mayFail(CelExpr expr, Rule rule) {
    return switch (expr.exprKind().getKind()) {
      case CONSTANT -> false;
      case IDENT -> {
        Variable variable = rule.variable(expr.ident().name());
        yield variable == null || !DECLARED.contains(variable.type());
      }
      case CALL ->
          !NEVER_FAILING.contains(expr.call().function())
              || Expressions.children(expr).stream().anyMatch(child -> mayFail(child, rule));
      case LIST -> expr.list().elements().stream().anyMatch(child -> mayFail(child, rule));
      default -> true;
    };
  }

  private static List<Comparison> views(CelExpr expr, Rule rule) throws CelEvaluationException {
    List<Comparison> views = new ArrayList<>();
    Optional<Variable> itself = declared(expr, rule);
    if (itself.filter(variable -> variable.type().equals(SimpleType.BOOL)).isPresent()) {
      views.add(new Comparison(itself.orElseThrow(), Optional.empty()));
    }
    boolean call = expr.exprKind().getKind() == ExprKind.Kind.CALL;
    boolean member = call && expr.call().function().equals(IN);
    if (member || (call && COMPARING.contains(expr.call().function()))) {
      CelExpr left = expr.call().args().get(0);
      CelExpr right = expr.call().args().get(1);
      view(left, right, rule, views);
      if (!member) {
        view(right, left, rule, views);
      }
    }
    return List.copyOf(views);
  }

  private static void view(CelExpr fact, CelExpr side, Rule rule, List<Comparison> views)
      throws CelEvaluationException {
    Optional<Variable> variable = declared(fact, rule);
    if (variable.isPresent()
        && Expressions.mentionsNone(side, Set.of(variable.orElseThrow().name()))) {
      views.add(new Comparison(variable.orElseThrow(), Optional.of(rule.program(side))));
    }
  }

  private static Optional<Variable> declared(CelExpr expr, Rule rule) {
    return expr.exprKind().getKind() == ExprKind.Kind.IDENT
        ? Optional.ofNullable(rule.variable(expr.ident().name()))
            .filter(variable -> DECLARED.contains(variable.type()))
        : Optional.empty();
  }
}
