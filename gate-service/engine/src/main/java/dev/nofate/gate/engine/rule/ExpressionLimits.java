package dev.nofate.gate.engine.rule;

/**
 * Bounds of one expression.
 *
 * @param length UTF-16 units
 * @param nodes nodes after macros are expanded
 * @param depth nested expressions
 * @param cost worst-case cost, see {@link ExpressionCost}
 * @param loopIterations iterations of all loops of one evaluation together
 */
public record ExpressionLimits(int length, int nodes, int depth, long cost, int loopIterations) {}
