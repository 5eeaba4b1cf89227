package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.engine.RulesetProblem.Code;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesetCompilerTest {

  @Test
  void compilesTheContractsExample() {
    CompiledRuleset ruleset = TestRulesets.compile(TestRulesets.TRANSFER);
    assertThat(ruleset.name()).isEqualTo("payments.transfer");
    assertThat(ruleset.scope()).isEqualTo("Transfers the treasury agent starts on its own.");
    assertThat(ruleset.ruleCount()).isEqualTo(2);
    assertThat(ruleset.decisionWindowMs()).isEqualTo(5000);
    assertThat(ruleset.maxClockSkewMs()).isEqualTo(300000);
    assertThat(ruleset.digest()).isEqualTo(ruleset.canonicalDocument().sha256());
    assertThat(ruleset.worstCaseCost()).isPositive();
  }

  @Test
  void namesEveryReasonAtOnce() {
    String document =
        """
        { "name": "Bad Name", "scope": "", "decision_window_ms": -1, "extra": 1,
          "facts": { "type": "object", "properties": {
            "proposal": { "type": "object", "additionalProperties": false,
              "properties": { "amount": { "type": "integer" } } } } },
          "authority": { "required": true, "action": "x", "keys": [ { "kty": "oct" } ] },
          "rules": [
            { "id": "a", "when": "proposal.amount >", "outcome": "COMPLIANCE" },
            { "id": "a", "when": "proposal.amount > 'x'", "outcome": "VIOLATION", "overrides": ["z"] },
            { "id": "c", "when": "proposal.total > 1", "outcome": "VIOLATION", "overrides": ["d"] },
            { "id": "d", "when": "now() > 1", "outcome": "VIOLATION", "overrides": ["c"] },
            { "id": "e", "when": "proposal.amount", "outcome": "MAYBE" } ],
          "renderings": { "N": { "media_type": "text", "template": "" } } }
        """;
    assertThat(problems(document).stream().map(p -> p.code() + " " + p.pointer()))
        .contains(
            "INVALID_MEMBER /name",
            "INVALID_MEMBER /scope",
            "INVALID_MEMBER /decision_window_ms",
            "MISSING_MEMBER /max_clock_skew_ms",
            "UNKNOWN_MEMBER /extra",
            "INVALID_KEY /authority/keys/0",
            "DUPLICATE_ID /rules/1/id",
            "UNKNOWN_OVERRIDE /rules/1/overrides/0",
            "CYCLIC_OVERRIDE /rules/2/overrides",
            "CYCLIC_OVERRIDE /rules/3/overrides",
            "INVALID_MEMBER /rules/4/outcome",
            "EXPRESSION_SYNTAX /rules/0/when",
            "EXPRESSION_TYPE /rules/1/when",
            "UNDECLARED_FACT /rules/2/when",
            "FUNCTION_NOT_OFFERED /rules/3/when",
            "INVALID_MEMBER /renderings/N",
            "INVALID_MEMBER /renderings/N/media_type",
            "INVALID_MEMBER /renderings/N/template");
  }

  @Test
  void tellsRuleAndColumnOfAnExpressionsProblem() {
    RulesetProblem problem = onlyProblem("proposal.amount == 1 &&\\n  proposal.total > 1");
    assertThat(problem.code()).isEqualTo(Code.UNDECLARED_FACT);
    assertThat(problem.rule()).contains("only");
    assertThat(problem.column()).hasValue(35);
  }

  @Test
  void refusesFunctionsOutsideTheDeterministicSubset() {
    for (String expression :
        List.of(
            "now() > timestamp(0)",
            "type(proposal.amount) == int",
            "bytes(proposal.text) == b'x'",
            "uint(proposal.amount) == 1u",
            "proposal.text.lowerAscii() == 'x'",
            "duration('1s') == uuid()",
            "Foo{bar: 1} == 1")) {
      assertThat(problems(withRule(expression)).stream().map(RulesetProblem::code))
          .as(expression)
          .containsAnyOf(Code.FUNCTION_NOT_OFFERED);
    }
    for (String expression :
        List.of(
            "string(2.5) == '2.5'",
            "timestamp(proposal.text).getHours('Europe/Berlin') == 1",
            "proposal.text == b'x'")) {
      assertThat(problems(withRule(expression))).as(expression).isNotEmpty();
    }
  }

  @Test
  void acceptsTheWholeDeterministicSubset() {
    for (String expression :
        List.of(
            "proposal.amount % 2 == 0 || -proposal.amount / 3 * 2 - 1 + 5 >= 7",
            "proposal.text.startsWith('a') && proposal.text.matches('^a+$') && size(proposal.text)"
                + " < 9",
            "proposal.list.all(i, i > 0.5) || proposal.list.exists_one(i, i == 1.0)",
            "proposal.list.filter(i, i > 1).map(i, i * 2.0).size() > 2",
            "timestamp(proposal.text) - timestamp('2026-01-01T00:00:00Z') > duration('24h')",
            "timestamp(proposal.text).getFullYear() == 2026",
            "proposal.open.a.b == 'x' && proposal.open['c d'] != null && has(proposal.open.z)",
            "int(proposal.text) + int(2.5) == 3 && double(proposal.amount) > 1.5 && string(1) =="
                + " '1'",
            "proposal.amount in [1, 2, 3] && 'k' in proposal.open",
            "proposal.amount > 1.5 ? true : dyn(proposal.amount) == 1.0")) {
      assertThat(problems(withRule(expression))).as(expression).isEmpty();
    }
  }

  @Test
  void refusesWhatCostsMoreThanTheLimit() {
    String nested = "proposal.list.all(a, proposal.list.all(b, proposal.list.all(c, a + b > c)))";
    assertThat(onlyProblem(nested).code()).isEqualTo(Code.COST_EXCEEDED);
    String joined = String.join(" + ", Collections.nCopies(30, "proposal.text"));
    assertThat(onlyProblem(joined + " == 'x'").code()).isEqualTo(Code.COST_EXCEEDED);
    String deep = "(".repeat(400) + "true" + ")".repeat(400);
    assertThat(onlyProblem(deep).code()).isIn(Code.LIMIT_EXCEEDED, Code.EXPRESSION_SYNTAX);
    String lengthy = "true" + " ".repeat(5_000);
    assertThat(onlyProblem(lengthy).code()).isEqualTo(Code.LIMIT_EXCEEDED);
    String wide = String.join(" || ", Collections.nCopies(600, "true"));
    assertThat(onlyProblem(wide).code()).isEqualTo(Code.LIMIT_EXCEEDED);
  }

  @Test
  void refusesSchemasThatFetchRecurseOrSpeakOfAbsence() {
    for (String schema :
        List.of(
            "{\"$ref\":\"https://example.org/s.json\"}",
            "{\"$ref\":\"file:///etc/passwd\"}",
            "{\"$ref\":\"other.json\"}",
            "{\"$id\":\"https://example.org/s\"}",
            "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
            "{\"$ref\":\"#/properties/nothing\"}",
            "{\"$ref\":\"#\"}",
            "{\"items\":{\"$ref\":\"#/properties/proposal\"}}",
            "{\"$dynamicRef\":\"#x\"}",
            "{\"type\":\"text\"}",
            "{\"required\":1}",
            "{\"pattern\":\"(?=x)\"}",
            "{\"pattern\":\"(\"}",
            "{\"minProperties\":1}",
            "{\"requird\":[]}",
            "{\"not\":{\"required\":[\"a\"]}}",
            "{\"oneOf\":[{\"required\":[\"a\"]},{\"required\":[\"b\"]}]}",
            "1",
            "null")) {
      String document =
          document("{\"type\":\"object\",\"properties\":{\"proposal\":" + schema + "}}", "true");
      assertThat(problems(document).stream().map(RulesetProblem::code))
          .as(schema)
          .containsOnly(Code.INVALID_SCHEMA);
    }
  }

  @Test
  void followsLocalReferencesForTypes() {
    String facts =
        """
        {"type":"object","$defs":{"money":{"type":"object","additionalProperties":false,
          "properties":{"cents":{"type":"integer"}}}},
         "properties":{"proposal":{"$ref":"#/$defs/money"}}}\
        """;
    assertThat(problems(document(facts, "proposal.cents > 1"))).isEmpty();
    assertThat(problems(document(facts, "proposal.euros > 1")).get(0).code())
        .isEqualTo(Code.UNDECLARED_FACT);
  }

  @Test
  void refusesExamplesThatComeOutOtherwiseAndShowsBoth() {
    String document =
        TestRulesets.TRANSFER.replace(
            "\"expect\": { \"state\": \"DETERMINISTIC_COMPLIANCE\" }",
            "\"expect\": { \"state\": \"DETERMINISTIC_VIOLATION\", \"reason\": \"RULE_VIOLATION\""
                + " }");
    assertThat(problems(document))
        .containsExactly(
            RulesetProblem.of(
                Code.EXAMPLE_DIFFERS,
                "/examples/0/expect",
                "expected DETERMINISTIC_VIOLATION RULE_VIOLATION, actual"
                    + " DETERMINISTIC_COMPLIANCE"));
  }

  @Test
  void whatIsWrongWithOneMemberHidesNothingWrongWithAnother() {
    String document =
        """
        { "name": "Bad Name", "scope": "All of it.", "decision_window_ms": 0, "max_clock_skew_ms": 0,
          "facts": { "type": "text" },
          "rules": [
            { "id": "bad id", "when": "1 +", "outcome": "MAYBE" },
            { "id": "a", "when": "now() > 1", "outcome": "MAYBE" },
            { "id": "b", "when": "true", "outcome": "VIOLATION", "overrides": ["a", "b"] } ],
          "renderings": { "x": { "media_type": "text/html", "template": "<p {{ir.a}}>{{#ir.b}}" },
                          "y": { "media_type": "image/png", "template": "" } },
          "examples": [ { "name": "e", "core_ir": 1, "cardinality_mode": "some", "proposal": 1,
                          "render_targets": ["x", "x", 1], "expect": { "state": "FINE",
                            "renderings": { "x": 1 } } } ] }
        """;
    assertThat(problems(document).stream().map(p -> p.code() + " " + p.pointer()).distinct())
        .containsExactlyInAnyOrder(
            "INVALID_MEMBER /name",
            "INVALID_SCHEMA /facts/type",
            "INVALID_MEMBER /rules/0/id",
            "INVALID_MEMBER /rules/0/outcome",
            "EXPRESSION_SYNTAX /rules/0/when",
            "INVALID_MEMBER /rules/1/outcome",
            "FUNCTION_NOT_OFFERED /rules/1/when",
            "CYCLIC_OVERRIDE /rules/2/overrides",
            "TEMPLATE_SYNTAX /renderings/x/template",
            "TEMPLATE_MARKUP /renderings/x/template",
            "INVALID_MEMBER /renderings/y/media_type",
            "INVALID_MEMBER /renderings/y/template",
            "UNKNOWN_MEMBER /examples/0/proposal",
            "INVALID_MEMBER /examples/0/cardinality_mode",
            "DUPLICATE_ID /examples/0/render_targets/1",
            "INVALID_MEMBER /examples/0/render_targets/2",
            "INVALID_MEMBER /examples/0/expect/state",
            "INVALID_MEMBER /examples/0/expect/renderings/x");
  }

  @Test
  void examplesRunThoughSomethingBesideTheRulesIsWrong() {
    String document =
        TestRulesets.TRANSFER
            .replace("\"name\": \"payments.transfer\"", "\"name\": \"Payments\"")
            .replace(
                "\"expect\": { \"state\": \"DETERMINISTIC_COMPLIANCE\" }",
                "\"expect\": { \"state\": \"DETERMINISTIC_VIOLATION\" }");
    assertThat(problems(document).stream().map(RulesetProblem::code))
        .containsExactly(Code.INVALID_MEMBER, Code.EXAMPLE_DIFFERS);
  }

  @Test
  void runsBackwardExamplesAndShowsWhatTheyRender() {
    String examples =
        """
        , "examples": [
          { "name": "page", "core_ir": { "payee": "<Ann>", "settled": true, "amount": 1 },
            "render_targets": ["page", "refund"], "cardinality_mode": "one",
            "expect": { "state": "DETERMINISTIC_COMPLIANCE",
                        "renderings": { "page": "<p>&lt;Ann&gt;</p>" } } },
          { "name": "both", "core_ir": { "payee": "<Ann>", "settled": true, "amount": 1 },
            "render_targets": ["page", "refund"], "cardinality_mode": "all",
            "expect": { "state": "NO_DETERMINISTIC_OUTCOME", "reason": "RENDERING_INCOMPLETE",
                        "missing": ["ir.refund.cause"] } } ] }
        """;
    String notice = TestRulesets.NOTICE.stripTrailing();
    String document = notice.substring(0, notice.length() - 1) + examples;
    assertThat(problems(document)).isEmpty();
    assertThat(problems(document.replace("<p>&lt;Ann&gt;</p>", "<p>Ann</p>")))
        .containsExactly(
            RulesetProblem.of(
                Code.EXAMPLE_DIFFERS,
                "/examples/0/expect",
                "expected DETERMINISTIC_COMPLIANCE {\"page\":\"<p>Ann</p>\"}, actual"
                    + " DETERMINISTIC_COMPLIANCE {\"page\":\"<p>&lt;Ann&gt;</p>\"}"));
  }

  @Test
  void tellsTheColumnOfATemplatesProblem() {
    RulesetProblem problem =
        problems(
                TestRulesets.NOTICE.replace(
                    "Refunded: {{ir.refund.cause}}", "Refunded: {{ir.why}}"))
            .get(0);
    assertThat(problem.code()).isEqualTo(Code.UNDECLARED_FACT);
    assertThat(problem.pointer()).isEqualTo("/renderings/refund/template");
    assertThat(problem.column()).hasValue(11);
    assertThat(problem.observed()).isEqualTo("why of ir.why is not declared");
  }

  @Test
  void refusesNulAnywhere() {
    assertThat(problems(TestRulesets.TRANSFER.replace("TP 4.1", "TP\\u00004")).get(0).pointer())
        .isEqualTo("/rules/0/cite");
  }

  @Test
  void refusesTextThatIsNoStrictJsonObject() {
    for (String text : List.of("", "{", "{\"a\":1,\"a\":2}", "\ufeff{}", "[]", "null", "\"x\"")) {
      assertThat(problems(text).get(0).code()).as(text).isEqualTo(Code.MALFORMED_DOCUMENT);
    }
    assertThat(problems("[".repeat(70)).get(0).code()).isEqualTo(Code.LIMIT_EXCEEDED);
  }

  @Test
  void theDigestHangsOnContentNotOnLayout() {
    String other = TestRulesets.TRANSFER.replace("\n", "\n ").replace("5000", "5.0e3");
    assertThat(TestRulesets.compile(other).digest())
        .isEqualTo(TestRulesets.compile(TestRulesets.TRANSFER).digest());
    String changed = TestRulesets.TRANSFER.replace("5000", "5001");
    assertThat(TestRulesets.compile(changed).digest())
        .isNotEqualTo(TestRulesets.compile(TestRulesets.TRANSFER).digest());
  }

  private static RulesetProblem onlyProblem(String expression) {
    List<RulesetProblem> problems = problems(withRule(expression));
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private static String withRule(String expression) {
    return document(
        """
        {"type":"object","additionalProperties":false,"properties":{"proposal":{
          "type":"object","additionalProperties":false,"properties":{
            "amount":{"type":"integer"},"text":{"type":"string"},
            "list":{"type":"array","items":{"type":"number"}},"open":{"type":"object"}}}}}\
        """,
        expression);
  }

  private static String document(String facts, String expression) {
    return """
    {"name":"t.one","scope":"One rule.","decision_window_ms":1,"max_clock_skew_ms":1,
     "facts":%s,"rules":[{"id":"only","when":"%s","outcome":"COMPLIANCE"}]}\
    """
        .formatted(facts, expression);
  }

  private static List<RulesetProblem> problems(String document) {
    Compilation compilation =
        RulesetCompiler.compile(document.getBytes(StandardCharsets.UTF_8), EngineLimits.defaults());
    return compilation instanceof Compilation.Refused refused ? refused.problems() : List.of();
  }
}
