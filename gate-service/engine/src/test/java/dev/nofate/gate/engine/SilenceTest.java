package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** No value of a request stands in an answer. */
class SilenceTest {

  private static final String SECRET = "8f3a5c-secret";

  @Test
  void noAnswerRepeatsAValueOfTheRequest() {
    CompiledRuleset refund = TestRulesets.compile(TestRulesets.REFUND);
    for (String members :
        List.of(
            "\"proposal\":\"S\"",
            "\"proposal\":{\"S\":1}",
            "\"proposal\":{\"amount\":\"S\"}",
            "\"proposal\":{\"reason\":\"S\"}",
            "\"proposal\":{\"items\":[{\"sku\":\"S\"}],\"amount\":1}",
            "\"proposal\":{\"items\":[{\"S\":1}]}",
            "\"proposal\":{\"amount\":1},\"context\":{\"ceiling\":5,\"tags\":{\"S\":\"S\"}}",
            "\"proposal\":{\"amount\":1},\"context\":{\"ceiling\":5,\"tags\":{\"review\":\"S\"}}",
            "\"proposal\":1,\"observed_at\":\"S\"",
            "\"proposal\":{\"amount\":1},\"authority\":[\"S\"]",
            "\"proposal\":1,\"decision_window_ms\":\"S\"")) {
      Decision decision = Decisions.decide(refund, Decisions.body(members.replace("S", SECRET)));
      assertThat(Decisions.bytes(decision)).as(members).doesNotContain(SECRET);
      assertThat(decision.toString()).as(members).doesNotContain(SECRET);
    }
  }

  @Test
  void anUnknownMemberIsNamedOnlyWhenItsNameIsAName() {
    CompiledRuleset refund = TestRulesets.compile(TestRulesets.REFUND);
    Decision named = Decisions.decide(refund, Decisions.body("\"proposal\":1,\"model\":1"));
    Decision unnamed = Decisions.decide(refund, Decisions.body("\"proposal\":1,\"a b@c\":1"));
    assertThat(named.reason().orElseThrow().at()).contains("/model");
    assertThat(unnamed.reason().orElseThrow().at()).isEmpty();
  }
}
