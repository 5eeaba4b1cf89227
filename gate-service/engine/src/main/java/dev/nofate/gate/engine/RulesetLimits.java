package dev.nofate.gate.engine;

import dev.nofate.gate.engine.json.JsonLimits;
import dev.nofate.gate.engine.rendering.TemplateLimits;

/**
 * Bounds of a ruleset document.
 *
 * @param document bounds of the JSON text
 * @param rules rules in one ruleset
 * @param overrides overrides of all rules together
 * @param expressionLength UTF-16 units of one CEL expression
 * @param expressionNodes nodes of one expression
 * @param expressionDepth nested expressions of one rule
 * @param expressionCost cost of one expression: a node counts 1, a concatenation 50,000, the body
 *     of a loop 100 times
 * @param totalCost cost of all conditions of a ruleset together, in the same unit
 * @param loopIterations iterations all loops of one evaluation may take together; beyond it the
 *     rule is undecidable
 * @param keys JWKs of the authority
 * @param examples examples of one ruleset
 * @param renderings renderings of one ruleset, and render targets of one request
 * @param templates bounds of a template and of what it renders; a rendering beyond them is
 *     incomplete
 * @param scopeLength UTF-16 units of the scope sentence
 * @param maxWindowMs greatest decision window and clock skew, in milliseconds
 */
public record RulesetLimits(
    JsonLimits document,
    int rules,
    int overrides,
    int expressionLength,
    int expressionNodes,
    int expressionDepth,
    long expressionCost,
    long totalCost,
    int loopIterations,
    int keys,
    int examples,
    int renderings,
    TemplateLimits templates,
    int scopeLength,
    long maxWindowMs) {

  /** The defaults of the product; the longest window is 366 days. */
  public static RulesetLimits defaults() {
    return new RulesetLimits(
        JsonLimits.defaults(),
        1_000,
        4_000,
        4_096,
        1_000,
        32,
        1_000_000,
        5_000_000,
        10_000,
        32,
        200,
        32,
        new TemplateLimits(16 * 1024, 500, 8, 256 * 1024, 10_000),
        1_000,
        366L * 24 * 60 * 60 * 1000);
  }
}
