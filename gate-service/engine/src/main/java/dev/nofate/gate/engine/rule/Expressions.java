package dev.nofate.gate.engine.rule;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind;
import java.util.List;
import java.util.Set;

/** Walking over CEL expressions. */
final class Expressions {

  private Expressions() {}

  /** The direct subexpressions, in source order. */
  static List<CelExpr> children(CelExpr expr) {
    ImmutableList.Builder<CelExpr> children = ImmutableList.builder();
    switch (expr.exprKind().getKind()) {
      case SELECT -> children.add(expr.select().operand());
      case CALL -> {
        expr.call().target().ifPresent(children::add);
        children.addAll(expr.call().args());
      }
      case LIST -> children.addAll(expr.list().elements());
      case MAP -> expr.map().entries().forEach(e -> children.add(e.key()).add(e.value()));
      case STRUCT -> expr.struct().entries().forEach(e -> children.add(e.value()));
      case COMPREHENSION -> {
        CelComprehension loop = expr.comprehension();
        children.add(loop.iterRange(), loop.accuInit(), loop.loopCondition());
        children.add(loop.loopStep(), loop.result());
      }
      default -> {}
    }
    return children.build();
  }

  static int count(CelExpr expr) {
    int count = 1;
    for (CelExpr child : children(expr)) {
      count += count(child);
    }
    return count;
  }

  static boolean mentionsNone(CelExpr expr, Set<String> names) {
    boolean mentioned =
        expr.exprKind().getKind() == ExprKind.Kind.IDENT && names.contains(expr.ident().name());
    return !mentioned && children(expr).stream().allMatch(child -> mentionsNone(child, names));
  }

  static boolean isLoop(CelExpr expr) {
    return expr.exprKind().getKind() == ExprKind.Kind.COMPREHENSION;
  }

  static boolean isCall(CelExpr expr, String function) {
    return expr.exprKind().getKind() == ExprKind.Kind.CALL
        && expr.call().function().equals(function);
  }
}
