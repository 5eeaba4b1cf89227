package dev.nofate.gate.engine.rule;

import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import dev.cel.runtime.CelUnknownSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which absent facts an undecided expression still hangs on.
 *
 * <p>CEL's partial evaluation names all of them for operators and functions, but it stops at a
 * condition it cannot decide (the branches of {@code ? :} are not looked at) and at a loop whose
 * range is unknown. So the expression is taken apart at those places, and each part is asked on its
 * own; a part that comes to a value hangs on nothing.
 */
sealed interface Need {

  /** The program of the whole part. */
  Program program();

  /** Adds the names of variables to {@code names}. */
  void collect(FactBinding facts, Set<String> names);

  /** The conditions the part may still come to; nothing when it ends in an error. */
  default Set<Object> values(FactBinding facts) {
    Optional<Object> value = evaluate(program(), facts);
    return value.filter(CelUnknownSet.class::isInstance).isPresent()
        ? Set.of(true, false)
        : value.<Set<Object>>map(Set::of).orElse(Set.of());
  }

  /** An expression that CEL answers for completely. */
  record Direct(Program program) implements Need {
    @Override
    public void collect(FactBinding facts, Set<String> names) {
      unknown(program, facts).ifPresent(unknown -> add(unknown, names));
    }
  }

  /** An expression with parts that are asked on their own; all of them count while it is open. */
  record Composite(Program program, List<Need> parts) implements Need {
    @Override
    public void collect(FactBinding facts, Set<String> names) {
      if (unknown(program, facts).isPresent()) {
        parts.forEach(part -> part.collect(facts, names));
      }
    }
  }

  /** {@code condition ? then : otherwise}. */
  record Choice(Program program, Need condition, Need then, Need otherwise) implements Need {
    @Override
    public void collect(FactBinding facts, Set<String> names) {
      if (unknown(program, facts).isEmpty()) {
        return;
      }
      condition.collect(facts, names);
      Set<Object> chosen = condition.values(facts);
      if (chosen.contains(true)) {
        then.collect(facts, names);
      }
      if (chosen.contains(false)) {
        otherwise.collect(facts, names);
      }
    }

    /** An open choice between known values comes to one of them. */
    @Override
    public Set<Object> values(FactBinding facts) {
      if (unknown(program, facts).isEmpty()) {
        return Need.super.values(facts);
      }
      Set<Object> values = new HashSet<>();
      Set<Object> chosen = condition.values(facts);
      if (chosen.contains(true)) {
        values.addAll(then.values(facts));
      }
      if (chosen.contains(false)) {
        values.addAll(otherwise.values(facts));
      }
      return values;
    }
  }

  /**
   * A loop. With a known range and a body that only joins conditions, CEL's answer is complete;
   * otherwise those parts of the body count that hang on no loop variable.
   */
  record Loop(Program program, Need range, boolean joins, List<Need> body) implements Need {
    @Override
    public void collect(FactBinding facts, Set<String> names) {
      Optional<CelUnknownSet> unknown = unknown(program, facts);
      if (unknown.isEmpty()) {
        return;
      }
      Set<String> ofRange = new HashSet<>();
      range.collect(facts, ofRange);
      names.addAll(ofRange);
      if (ofRange.isEmpty() && joins) {
        add(unknown.orElseThrow(), names);
      } else {
        body.forEach(part -> part.collect(facts, names));
      }
    }
  }

  /** Plans the parts of a rewritten expression. */
  static Need of(CelExpr expr, Planner planner) throws CelEvaluationException {
    Program program = planner.program(expr);
    if (!branches(expr)) {
      return new Direct(program);
    }
    if (Expressions.isLoop(expr)) {
      CelExpr range = expr.comprehension().iterRange();
      CelExpr step = expr.comprehension().loopStep();
      return new Loop(program, of(range, planner), joins(step), body(expr, planner));
    }
    List<Need> parts = new ArrayList<>();
    for (CelExpr child : Expressions.children(expr)) {
      parts.add(of(child, planner));
    }
    return Expressions.isCall(expr, Operator.CONDITIONAL.getFunction())
        ? new Choice(program, parts.get(0), parts.get(1), parts.get(2))
        : new Composite(program, parts);
  }

  /** What planning needs to know of the rule's expression. */
  interface Planner {

    /** A program for a part of the expression. */
    Program program(CelExpr part) throws CelEvaluationException;

    /** Whether the part reads the value of a fact. */
    boolean readsFacts(CelExpr part);
  }

  private static List<Need> body(CelExpr loop, Planner planner) throws CelEvaluationException {
    List<CelExpr> closed = new ArrayList<>();
    closedParts(loop, Set.of(), closed);
    List<Need> body = new ArrayList<>();
    for (CelExpr part : closed) {
      if (planner.readsFacts(part)) {
        body.add(of(part, planner));
      }
    }
    return body;
  }

  /** The largest parts within a loop that mention none of the variables bound around them. */
  private static void closedParts(CelExpr expr, Set<String> bound, List<CelExpr> parts) {
    if (!Expressions.isLoop(expr) && Expressions.mentionsNone(expr, bound)) {
      parts.add(expr);
      return;
    }
    Set<String> within = new HashSet<>(bound);
    if (Expressions.isLoop(expr)) {
      CelComprehension loop = expr.comprehension();
      closedParts(loop.iterRange(), bound, parts);
      within.addAll(List.of(loop.iterVar(), loop.iterVar2(), loop.accuVar()));
      closedParts(loop.loopCondition(), within, parts);
      closedParts(loop.loopStep(), within, parts);
      closedParts(loop.result(), within, parts);
    } else {
      Expressions.children(expr).forEach(child -> closedParts(child, within, parts));
    }
  }

  private static boolean branches(CelExpr expr) {
    return Expressions.isLoop(expr)
        || Expressions.isCall(expr, Operator.CONDITIONAL.getFunction())
        || Expressions.children(expr).stream().anyMatch(Need::branches);
  }

  /** The step of {@code all} and {@code exists}: nothing in it is skipped while it is open. */
  private static boolean joins(CelExpr step) {
    boolean logical =
        Expressions.isCall(step, Operator.LOGICAL_AND.getFunction())
            || Expressions.isCall(step, Operator.LOGICAL_OR.getFunction());
    return logical && Expressions.children(step).stream().noneMatch(Need::branches);
  }

  private static Optional<CelUnknownSet> unknown(Program program, FactBinding facts) {
    return evaluate(program, facts)
        .filter(CelUnknownSet.class::isInstance)
        .map(CelUnknownSet.class::cast);
  }

  /** The value of a part; empty when it ends in an error, which no fact can mend. */
  private static Optional<Object> evaluate(Program program, FactBinding facts) {
    try {
      return Optional.of(program.eval(facts));
    } catch (CelEvaluationException e) {
      return Optional.empty();
    }
  }

  private static void add(CelUnknownSet unknown, Set<String> names) {
    for (CelAttribute attribute : unknown.attributes()) {
      names.add(attribute.qualifiers().get(0).asString());
    }
  }
}
