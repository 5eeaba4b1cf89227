package dev.nofate.gate.engine.rule;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.ast.CelReference;
import java.util.Map;

/**
 * The worst case of an expression before any fact is known: a node costs 1, a concatenation 50,000
 * (it copies, at most a request body), the body of a loop 100 times its nodes.
 */
final class ExpressionCost {

  private static final long LOOP_WEIGHT = 100;
  private static final long CONCATENATION = 50_000;
  private static final long CEILING = 1L << 40;

  private final Map<Long, CelReference> references;

  ExpressionCost(Map<Long, CelReference> references) {
    this.references = references;
  }

  long of(CelExpr expr) {
    long cost = 1 + (concatenates(expr) ? CONCATENATION : 0);
    for (CelExpr child : Expressions.children(expr)) {
      cost += of(child) * weight(expr, child);
    }
    return Math.min(cost, CEILING);
  }

  private static long weight(CelExpr parent, CelExpr child) {
    boolean loop = parent.exprKind().getKind() == ExprKind.Kind.COMPREHENSION;
    return loop && child != parent.comprehension().iterRange() ? LOOP_WEIGHT : 1;
  }

  private boolean concatenates(CelExpr expr) {
    CelReference reference = references.get(expr.id());
    if (reference == null || isAccumulation(expr)) {
      return false;
    }
    return reference.overloadIds().contains("add_string")
        || reference.overloadIds().contains("add_list");
  }

  /** The step that the macros {@code map} and {@code filter} append with; it does not copy. */
  private static boolean isAccumulation(CelExpr expr) {
    if (expr.exprKind().getKind() != ExprKind.Kind.CALL || expr.call().args().isEmpty()) {
      return false;
    }
    CelExpr left = expr.call().args().get(0);
    return left.exprKind().getKind() == ExprKind.Kind.IDENT && left.ident().name().startsWith("@");
  }
}
