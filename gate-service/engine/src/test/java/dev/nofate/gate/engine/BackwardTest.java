package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.json.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackwardTest {

  private static final CompiledRuleset NOTICE = TestRulesets.compile(TestRulesets.NOTICE);

  @Test
  void rendersTheTargetsAskedForWithTheirDigests() {
    Decision decision = decide(TestRulesets.PAID, "all", "notice", "page");
    assertThat(decision.state()).isEqualTo(State.DETERMINISTIC_COMPLIANCE);
    assertThat(decision.renderings())
        .extracting(Rendering::target, Rendering::mediaType)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("notice", "text/plain"),
            org.assertj.core.groups.Tuple.tuple("page", "text/html"));
    assertThat(decision.renderings().get(0).content())
        .isEqualTo("Paid 1200.5 to <Ann & Bob>: a, b, ");
    assertThat(decision.renderings().get(1).content()).isEqualTo("<p>&lt;Ann &amp; Bob&gt;</p>");
    for (Rendering rendering : decision.renderings()) {
      assertThat(rendering.digest()).isEqualTo(Octets.ofUtf8(rendering.content()).sha256());
    }
    JsonNode derivation = decision.toJson().get("derivation");
    assertThat(derivation.get(derivation.size() - 1).toString())
        .isEqualTo("{\"rendering\":\"page\",\"complete\":true,\"missing\":[]}");
  }

  @Test
  void oneAsksForExactlyOneThatIsComplete() {
    assertThat(decide(TestRulesets.PAID, "one", "notice", "page").reason().orElseThrow().code())
        .isEqualTo(ReasonCode.MULTIPLE_RENDERINGS);
    Decision one = decide(TestRulesets.PAID, "one", "refund", "page");
    assertThat(one.renderings()).extracting(Rendering::target).containsExactly("page");
    Reason none = decide(TestRulesets.PAID, "one", "refund").reason().orElseThrow();
    assertThat(none.code()).isEqualTo(ReasonCode.RENDERING_INCOMPLETE);
    assertThat(none.missing()).containsExactly("ir.refund.cause");
  }

  @Test
  void allAsksForEveryOneOfThem() {
    Decision decision = decide(TestRulesets.PAID, "all", "page", "refund");
    assertThat(decision.reason().orElseThrow().code()).isEqualTo(ReasonCode.RENDERING_INCOMPLETE);
    assertThat(decision.reason().orElseThrow().missing()).containsExactly("ir.refund.cause");
    assertThat(decision.renderings()).isEmpty();
    assertThat(decision.toJson().has("renderings")).isFalse();
  }

  @Test
  void nullIsMissingAndAnEmptyStringIsNot() {
    String withNull = TestRulesets.PAID.replace("\"<Ann & Bob>\"", "null");
    assertThat(decide(withNull, "all", "page").reason().orElseThrow().code())
        .isEqualTo(ReasonCode.RENDERING_INCOMPLETE);
    String withEmpty = TestRulesets.PAID.replace("\"<Ann & Bob>\"", "\"\"");
    assertThat(decide(withEmpty, "all", "page").renderings().get(0).content()).isEqualTo("<p></p>");
  }

  @Test
  void refusesATargetTheRulesetDoesNotKnow() {
    Reason reason = decide(TestRulesets.PAID, "all", "page", "letter").reason().orElseThrow();
    assertThat(reason).isEqualTo(Reason.at(ReasonCode.UNKNOWN_FIELD, "/render_targets/1"));
  }

  @Test
  void pointsIntoTheRequestWhenTheOutcomeHasAnotherType() {
    Reason reason = decide("{\"amount\":\"x\"}", "all", "page").reason().orElseThrow();
    assertThat(reason).isEqualTo(Reason.at(ReasonCode.FACT_TYPE_MISMATCH, "/core_ir/amount"));
  }

  @Test
  void aRulesetThatDeclaresNoOutcomeTakesNone() {
    Decision decision =
        Decisions.decideBackward(
            TestRulesets.compile(TestRulesets.TRANSFER),
            body("{\"amount\":1}", "all", List.of("notice")));
    assertThat(decision.reason().orElseThrow().code()).isEqualTo(ReasonCode.FACT_TYPE_MISMATCH);
  }

  private static Decision decide(String ir, String mode, String... targets) {
    return Decisions.decideBackward(NOTICE, body(ir, mode, List.of(targets)));
  }

  private static String body(String ir, String mode, List<String> targets) {
    return Decisions.body(
        "\"core_ir\":"
            + ir
            + ",\"cardinality_mode\":\""
            + mode
            + "\",\"render_targets\":[\""
            + String.join("\",\"", targets)
            + "\"]");
  }
}
