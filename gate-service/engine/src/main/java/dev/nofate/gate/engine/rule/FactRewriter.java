package dev.nofate.gate.engine.rule;

import com.google.common.collect.ImmutableList;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.nofate.gate.engine.fact.FactPath;
import dev.nofate.gate.engine.fact.FactTypes;
import dev.nofate.gate.engine.rule.FactVariables.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a variable of its own in the place of every fact a checked expression reads by a constant
 * path, and of every {@code has()} over one. What CEL then reports as unknown is exactly a fact,
 * and {@code has()} is decided by what the request states instead of being unknown itself.
 */
final class FactRewriter {

  private final FactTypes declared;
  private final FactVariables variables;
  private final Map<Long, CelReference> references;
  private final Map<Long, CelType> types;
  private final Set<String> bound = new HashSet<>();
  private final Set<Variable> read = new LinkedHashSet<>();
  private final Set<Variable> asked = new LinkedHashSet<>();

  FactRewriter(
      FactTypes declared,
      FactVariables variables,
      Map<Long, CelReference> references,
      Map<Long, CelType> types) {
    this.declared = declared;
    this.variables = variables;
    this.references = new HashMap<>(references);
    this.types = new HashMap<>(types);
  }

  /** The references of the rewritten expression. */
  Map<Long, CelReference> references() {
    return references;
  }

  /** The types of the rewritten expression. */
  Map<Long, CelType> types() {
    return types;
  }

  /** Variables whose value is read. */
  Set<Variable> read() {
    return read;
  }

  /** Variables whose presence is asked for. */
  Set<Variable> asked() {
    return asked;
  }

  CelExpr rewrite(CelExpr expr) {
    Optional<FactPath> path = path(expr);
    if (path.isPresent()) {
      FactPath fact = path.orElseThrow();
      Variable variable = variables.value(fact, declared.at(fact));
      read.add(variable);
      return variable(expr, variable, types.getOrDefault(expr.id(), SimpleType.DYN));
    }
    return switch (expr.exprKind().getKind()) {
      case SELECT -> select(expr);
      case CALL -> call(expr);
      case LIST ->
          CelExpr.ofList(expr.id(), all(expr.list().elements()), expr.list().optionalIndices());
      case MAP -> map(expr);
      case COMPREHENSION -> loop(expr);
      default -> expr;
    };
  }

  /** The constant path an expression spells, when it starts at a fact. */
  private Optional<FactPath> path(CelExpr expr) {
    return segments(expr).map(FactPath::new);
  }

  private Optional<List<String>> segments(CelExpr expr) {
    switch (expr.exprKind().getKind()) {
      case IDENT -> {
        String name = expr.ident().name();
        boolean fact = declared.variables().containsKey(name) && !bound.contains(name);
        return fact ? Optional.of(List.of(name)) : Optional.empty();
      }
      case SELECT -> {
        return expr.select().testOnly()
            ? Optional.empty()
            : segments(expr.select().operand()).map(s -> append(s, expr.select().field()));
      }
      case CALL -> {
        return Expressions.isCall(expr, Operator.INDEX.getFunction())
            ? constantKey(expr.call().args().get(1))
                .flatMap(key -> segments(expr.call().args().get(0)).map(s -> append(s, key)))
            : Optional.empty();
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  private static Optional<String> constantKey(CelExpr expr) {
    boolean text =
        expr.exprKind().getKind() == ExprKind.Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    return text ? Optional.of(expr.constant().stringValue()) : Optional.empty();
  }

  private CelExpr select(CelExpr expr) {
    Optional<FactPath> tested =
        segments(expr.select().operand()).map(s -> new FactPath(append(s, expr.select().field())));
    if (tested.isPresent()) {
      Variable variable = variables.presence(tested.orElseThrow(), SimpleType.BOOL);
      asked.add(variable);
      return variable(expr, variable, SimpleType.BOOL);
    }
    return CelExpr.ofSelect(
        expr.id(),
        rewrite(expr.select().operand()),
        expr.select().field(),
        expr.select().testOnly());
  }

  private CelExpr call(CelExpr expr) {
    return CelExpr.ofCall(
        expr.id(),
        expr.call().target().map(this::rewrite),
        expr.call().function(),
        all(expr.call().args()));
  }

  private CelExpr map(CelExpr expr) {
    ImmutableList.Builder<CelMap.Entry> entries = ImmutableList.builder();
    for (CelMap.Entry entry : expr.map().entries()) {
      entries.add(
          entry.toBuilder().setKey(rewrite(entry.key())).setValue(rewrite(entry.value())).build());
    }
    return CelExpr.ofMap(expr.id(), entries.build());
  }

  private CelExpr loop(CelExpr expr) {
    CelComprehension loop = expr.comprehension();
    CelExpr range = rewrite(loop.iterRange());
    CelExpr init = rewrite(loop.accuInit());
    List<String> introduced = new ArrayList<>();
    for (String name : List.of(loop.iterVar(), loop.iterVar2(), loop.accuVar())) {
      if (bound.add(name)) {
        introduced.add(name);
      }
    }
    CelComprehension.Builder rewritten =
        loop.toBuilder()
            .setIterRange(range)
            .setAccuInit(init)
            .setLoopCondition(rewrite(loop.loopCondition()))
            .setLoopStep(rewrite(loop.loopStep()))
            .setResult(rewrite(loop.result()));
    introduced.forEach(bound::remove);
    return expr.toBuilder().setComprehension(rewritten.build()).build();
  }

  private CelExpr variable(CelExpr replaced, Variable variable, CelType type) {
    references.put(replaced.id(), CelReference.newBuilder().setName(variable.name()).build());
    types.put(replaced.id(), type);
    return CelExpr.ofIdent(replaced.id(), variable.name());
  }

  private ImmutableList<CelExpr> all(List<CelExpr> expressions) {
    return expressions.stream().map(this::rewrite).collect(ImmutableList.toImmutableList());
  }

  private static List<String> append(List<String> segments, String segment) {
    return ImmutableList.<String>builder().addAll(segments).add(segment).build();
  }
}
