package dev.nofate.gate.engine.rule;

import java.util.OptionalInt;

/**
 * Why an expression is refused.
 *
 * @param kind what is wrong
 * @param column position in the expression, counted from 1
 * @param observed what was observed, as a statement
 */
public record ExpressionProblem(Kind kind, OptionalInt column, String observed) {

  /** What can be wrong with an expression. */
  public enum Kind {
    /** It does not parse. */
    SYNTAX,
    /** It does not type-check, or is no condition. */
    TYPE,
    /** It names a fact that is not declared. */
    UNDECLARED_FACT,
    /** It calls a function outside {@link DeterministicSubset}. */
    FUNCTION_NOT_OFFERED,
    /** It is longer, larger or deeper than the limits. */
    LIMIT,
    /** Its worst-case cost is over the limit. */
    COST
  }
}
