package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.engine.RulesetProblem.Code;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Rules that are cheap one by one may be dear together. */
class TotalCostTest {

  @Test
  void publishingRefusesRulesThatCostMoreTogetherThanTheLimit() {
    long cost = TestRulesets.compile(TestRulesets.REFUND).worstCaseCost();
    assertThat(compile(cost)).isInstanceOf(Compilation.Compiled.class);
    assertThat(((Compilation.Refused) compile(cost - 1)).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(Code.COST_EXCEEDED);
              assertThat(problem.pointer()).isEqualTo("/rules");
              assertThat(problem.observed())
                  .isEqualTo("worst-case cost %d of all rules, limit %d".formatted(cost, cost - 1));
            });
  }

  private static Compilation compile(long totalCost) {
    EngineLimits limits = Decisions.LIMITS;
    RulesetLimits defaults = limits.ruleset();
    RulesetLimits capped =
        new RulesetLimits(
            defaults.document(),
            defaults.rules(),
            defaults.overrides(),
            defaults.expressionLength(),
            defaults.expressionNodes(),
            defaults.expressionDepth(),
            defaults.expressionCost(),
            totalCost,
            defaults.loopIterations(),
            defaults.keys(),
            defaults.examples(),
            defaults.renderings(),
            defaults.templates(),
            defaults.scopeLength(),
            defaults.maxWindowMs());
    return RulesetCompiler.compile(
        TestRulesets.REFUND.getBytes(StandardCharsets.UTF_8),
        new EngineLimits(
            limits.request(), limits.grants(), limits.grantLength(), limits.delegations(), capped));
  }
}
