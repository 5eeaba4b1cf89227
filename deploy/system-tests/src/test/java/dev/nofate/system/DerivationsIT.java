package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Everything but a single forward evaluation that the engine is asked for through the gateway. */
@SuiteTest
class DerivationsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String NOTICES =
      """
      {"name":"payments.notice","scope":"Notices of transfers that were made.",
       "facts":{"type":"object","additionalProperties":false,"properties":{
         "ir":{"type":"object","additionalProperties":false,
           "properties":{"amount":{"type":"integer"},"payee":{"type":"string"}}}}},
       "decision_window_ms":5000,"max_clock_skew_ms":300000,
       "rules":[{"id":"positive","when":"ir.amount > 0","outcome":"COMPLIANCE"}],
       "renderings":{
         "text":{"media_type":"text/plain","template":"{{ir.amount}} to {{ir.payee}}"},
         "page":{"media_type":"text/html","template":"<p>{{ir.amount}} to {{ir.payee}}</p>"}}}
      """;

  @Test
  void aBackwardEvaluationRendersEscapedAndNamesWhatIsMissing(Suite suite) {
    Tenant tenant = withNotices(suite);
    backward(tenant, "{\"amount\":12,\"payee\":\"A & B\"}", "all")
        .then()
        .statusCode(200)
        .body("state", equalTo("DETERMINISTIC_COMPLIANCE"))
        .body("renderings.content", equalTo(List.of("12 to A & B", "<p>12 to A &amp; B</p>")));
    backward(tenant, "{\"amount\":12,\"payee\":\"A\"}", "one")
        .then()
        .body("reason.code", equalTo("MULTIPLE_RENDERINGS"));
    backward(tenant, "{\"amount\":12}", "all")
        .then()
        .body("state", equalTo("NO_DETERMINISTIC_OUTCOME"))
        .body("reason.code", equalTo("RENDERING_INCOMPLETE"))
        .body("reason.missing", equalTo(List.of("ir.payee")));
    assertThat(tenant.verdict()).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void theItemsOfABatchAreEvaluationsOfTheirOwn(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    String body =
        "{\"items\":[%s,%s,%s,%s]}"
            .formatted(
                item("a", Proposals.transfer(1)),
                item("b", Proposals.transfer(9999)),
                item("c", Proposals.withoutLimit()),
                item("d", "{\"ruleset\":7}"));
    Response answer = tenant.request().body(body).post("/v1/evaluations/batch");
    answer
        .then()
        .statusCode(200)
        .body(
            "items.answer.state",
            equalTo(
                List.of(
                    "DETERMINISTIC_COMPLIANCE",
                    "DETERMINISTIC_VIOLATION",
                    "NO_DETERMINISTIC_OUTCOME",
                    "INVALID_INPUT")));
    assertThat(tenant.events("usage_recorded")).hasSize(4);
    Response again = tenant.request().body(body).post("/v1/evaluations/batch");
    assertThat(again.<List<Boolean>>path("items.idempotent_replayed")).containsOnly(true);
    assertThat(again.<List<Object>>path("items.answer")).isEqualTo(answer.path("items.answer"));
    assertThat(tenant.events("usage_recorded")).hasSize(4);
    assertThat(tenant.verdict()).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void everyKindOfEvaluationIsReplayedToItsDigest(Suite suite) {
    Tenant tenant = withNotices(suite);
    List<Response> answers =
        List.of(
            tenant.evaluate(Proposals.transfer(1)),
            tenant.evaluate(Proposals.transfer(9999)),
            tenant.evaluate(Proposals.withoutLimit()),
            tenant.evaluate("{\"ruleset\":}"),
            backward(tenant, "{\"amount\":12,\"payee\":\"A\"}", "all"),
            backward(tenant, "{\"amount\":12}", "all"));
    for (Response answer : answers) {
      tenant
          .request()
          .post("/v1/evaluations/" + answer.path("evaluation_id") + "/replay")
          .then()
          .statusCode(200)
          .body("matches", equalTo(true))
          .body("replayed.decision_digest", equalTo(answer.path("decision_digest")));
    }
    assertThat(tenant.events("response_emitted")).hasSize(answers.size());
  }

  @Test
  void aDraftIsHeldAgainstThePastAndLeavesNoTrace(Suite suite) throws IOException {
    Tenant tenant = suite.tenant().withRuleset();
    List.of(1, 3000, 9999).forEach(amount -> tenant.evaluate(Proposals.transfer(amount)));
    String draft = Proposals.RULESET.replace("context.limit\"", "context.limit / 2\"");
    Instant now = Instant.now();
    Response answer =
        tenant
            .request()
            .body(draft)
            .post(
                "/v1/rulesets/payments.transfer/backtest?from={from}&to={to}",
                now.minus(Duration.ofHours(1)).toString(),
                now.plus(Duration.ofHours(1)).toString());
    assertThat(answer.statusCode()).isEqualTo(200);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : answer.asString().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).at("/draft/state").textValue()).isEqualTo("DETERMINISTIC_VIOLATION");
    assertThat(lines.get(1).get("examined").intValue()).isEqualTo(3);
    assertThat(lines.get(1).get("differing").intValue()).isEqualTo(1);
    assertThat(lines.get(1).get("complete").booleanValue()).isTrue();
    assertThat(tenant.events("response_emitted")).hasSize(3);
    assertThat(tenant.events("ruleset_published")).hasSize(1);
  }

  private static Tenant withNotices(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    tenant.request().body(NOTICES).post("/v1/rulesets").then().statusCode(201);
    return tenant;
  }

  private static Response backward(Tenant tenant, String coreIr, String mode) {
    return tenant
        .request()
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .body(
            """
            {"ruleset":"payments.notice","core_ir":%s,"render_targets":["text","page"],
             "cardinality_mode":"%s","evaluated_at":"%s"}"""
                .formatted(coreIr, mode, Instant.now()))
        .post("/v1/evaluations/backward");
  }

  private static String item(String key, String request) {
    return "{\"idempotency_key\":\"" + key + "\",\"request\":" + request + "}";
  }
}
