package dev.nofate.gate.engine.rule;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelConstant;
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

  static int loops(CelExpr expr) {
    int count = isLoop(expr) ? 1 : 0;
    for (CelExpr child : children(expr)) {
      count += loops(child);
    }
    return count;
  }

  /** A text that expressions share exactly when they are alike, whatever their ids. */
  static String text(CelExpr expr) {
    String own =
        switch (expr.exprKind().getKind()) {
          case CONSTANT -> constant(expr.constant());
          case IDENT -> expr.ident().name();
          case SELECT -> "." + expr.select().field() + (expr.select().testOnly() ? "?" : "");
          case CALL -> expr.call().function() + (expr.call().target().isPresent() ? "." : "");
          case COMPREHENSION -> {
            CelComprehension loop = expr.comprehension();
            yield "loop " + loop.iterVar() + " " + loop.iterVar2() + " " + loop.accuVar();
          }
          default -> expr.exprKind().getKind().name();
        };
    StringBuilder text = new StringBuilder(own).append('(');
    children(expr).forEach(child -> text.append(text(child)).append(','));
    return text.append(')').toString();
  }

  /** With its length, so that no text of a constant reads like something else. */
  private static String constant(CelConstant constant) {
    String value =
        switch (constant.getKind()) {
          case BOOLEAN_VALUE -> Boolean.toString(constant.booleanValue());
          case INT64_VALUE -> Long.toString(constant.int64Value());
          case DOUBLE_VALUE -> Long.toHexString(Double.doubleToLongBits(constant.doubleValue()));
          case STRING_VALUE -> constant.stringValue();
          default -> constant.toString();
        };
    return constant.getKind() + " " + value.length() + ":" + value;
  }

  static boolean isLoop(CelExpr expr) {
    return expr.exprKind().getKind() == ExprKind.Kind.COMPREHENSION;
  }

  static boolean isCall(CelExpr expr, String function) {
    return expr.exprKind().getKind() == ExprKind.Kind.CALL
        && expr.call().function().equals(function);
  }
}
