package dev.nofate.gate.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GateTest
class ForwardEvaluationIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Client client;

  @BeforeEach
  void aTenantWithARuleset() {
    client = Client.fresh().withRuleset();
  }

  @Test
  void aProposalWithinTheLimitIsCompliant() {
    client
        .evaluate(Client.freshKey(), Client.transfer(1200))
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("state", equalTo("DETERMINISTIC_COMPLIANCE"))
        .body("ruleset.version", equalTo(1))
        .body(
            "gate_trace.gate",
            equalTo(List.of("intake", "temporal", "authority", "rules", "cardinality", "validity")))
        .body("metering.gates_executed", equalTo(6))
        .body("metering.audit_writes", equalTo(9))
        .header(
            "Server-Timing",
            matchesPattern("admission;dur=.*engine;dur=.*audit;dur=.*store;dur=.*"))
        .header("RateLimit", notNullValue())
        .header("RateLimit-Policy", notNullValue());
  }

  @Test
  void aProposalAboveTheLimitIsAViolation() {
    client
        .evaluate(Client.freshKey(), Client.transfer(9000))
        .then()
        .statusCode(200)
        .body("state", equalTo("DETERMINISTIC_VIOLATION"))
        .body("reason.code", equalTo("RULE_VIOLATION"));
  }

  @Test
  void aMissingFactIsNamedAndNothingIsDecided() {
    String body = Client.transfer(1).replace("\"context\":{\"limit\":5000},", "");
    client
        .evaluate(Client.freshKey(), body)
        .then()
        .statusCode(200)
        .body("state", equalTo("NO_DETERMINISTIC_OUTCOME"))
        .body("reason.code", equalTo("FACTS_INCOMPLETE"))
        .body("reason.missing", equalTo(List.of("context.limit")));
  }

  @Test
  void textThatIsNoJsonIsInvalidInput() {
    client
        .evaluate(Client.freshKey(), "{\"ruleset\":")
        .then()
        .statusCode(200)
        .body("state", equalTo("INVALID_INPUT"))
        .body("reason.code", equalTo("MALFORMED_PAYLOAD"));
  }

  @Test
  void anUnpublishedRulesetIsInvalidInput() {
    client
        .evaluate(
            Client.freshKey(), Client.transfer(1).replace("payments.transfer", "payments.other"))
        .then()
        .statusCode(200)
        .body("reason.code", equalTo("UNKNOWN_RULESET"));
  }

  @Test
  void anEmptyBodyIsInvalidInput() {
    client
        .request()
        .header("Idempotency-Key", Client.freshKey())
        .post("/v1/evaluations/forward")
        .then()
        .statusCode(200)
        .body("state", equalTo("INVALID_INPUT"));
  }

  @Test
  void theLogHoldsTheWholeEvaluationAndNoneOfItsContent() throws Exception {
    JsonNode answer =
        JSON.readTree(client.evaluate(Client.freshKey(), Client.transfer(1234)).asByteArray());
    List<JsonNode> events =
        Neighbours.chain(client.tenant()).stream()
            .filter(event -> event.get("subject").equals(answer.get("evaluation_id")))
            .toList();
    assertThat(events)
        .extracting(event -> event.get("type").textValue())
        .containsExactly(
            "request_received",
            "gate_passed",
            "gate_passed",
            "gate_passed",
            "gate_passed",
            "gate_passed",
            "gate_passed",
            "response_emitted",
            "usage_recorded");
    assertThat(events.toString()).doesNotContain("1234").doesNotContain("EUR");
    assertThat(events.get(0).at("/payload/request_commitment"))
        .isEqualTo(answer.at("/request/commitment"));
    assertThat(events.get(7).at("/payload/decision_digest"))
        .isEqualTo(answer.get("decision_digest"));
    assertThat(events.get(8).get("payload")).isEqualTo(answer.get("metering"));
    assertThat(answer.at("/audit/last_seq").asInt()).isEqualTo(events.get(8).get("seq").asInt());
  }

  @Test
  void bytesAreCountedAsTheContractSays() throws Exception {
    String body = Client.transfer(77);
    ObjectNode answer =
        (ObjectNode) JSON.readTree(client.evaluate(Client.freshKey(), body).asByteArray());
    JsonNode metering = answer.get("metering");
    assertThat(metering.get("bytes_in").asInt())
        .isEqualTo(body.getBytes(StandardCharsets.UTF_8).length);
    answer.remove(List.of("audit", "metering"));
    assertThat(metering.get("bytes_out").asInt()).isEqualTo(CanonicalJson.write(answer).length());
  }

  @Test
  void aRepeatAnswersWithTheSameBytes() {
    String key = Client.freshKey();
    String body = Client.transfer(5);
    Response first = client.evaluate(key, body);
    int events = Neighbours.chain(client.tenant()).size();
    Response repeat = client.evaluate(key, body);
    assertThat(repeat.asByteArray()).isEqualTo(first.asByteArray());
    assertThat(first.header("Idempotent-Replayed")).isNull();
    assertThat(repeat.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(Neighbours.chain(client.tenant())).hasSize(events);
  }

  @Test
  void aRepeatMayOrderItsMembersOtherwise() {
    String key = Client.freshKey();
    String now = Instant.now().toString();
    String body =
        "{\"ruleset\":\"payments.transfer\",\"evaluated_at\":\"%s\",\"proposal\":{\"amount\":1,\"currency\":\"EUR\"}}"
            .formatted(now);
    String other =
        "{ \"proposal\": {\"currency\":\"EUR\",\"amount\":1.0}, \"evaluated_at\":\"%s\", \"ruleset\":\"payments.transfer\"}"
            .formatted(now);
    byte[] first = client.evaluate(key, body).asByteArray();
    assertThat(client.evaluate(key, other).asByteArray()).isEqualTo(first);
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    String key = Client.freshKey();
    client.evaluate(key, Client.transfer(5)).then().statusCode(200);
    client
        .evaluate(key, Client.transfer(6))
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
  }

  @Test
  void theSameKeyOfAnotherTenantIsAnotherEvaluation() {
    String key = Client.freshKey();
    String body = Client.transfer(5);
    String first = client.evaluate(key, body).path("evaluation_id");
    String second = Client.fresh().withRuleset().evaluate(key, body).path("evaluation_id");
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void aMissingOrOddIdempotencyKeyIsRefused() {
    for (String key : List.of("", "with space", "ümlaut", "x".repeat(256))) {
      client
          .request()
          .header("Idempotency-Key", key)
          .body(Client.transfer(1))
          .post("/v1/evaluations/forward")
          .then()
          .statusCode(400)
          .body("code", equalTo("IDEMPOTENCY_KEY_MISSING"));
    }
    client
        .request()
        .body(Client.transfer(1))
        .post("/v1/evaluations/forward")
        .then()
        .statusCode(400);
    client
        .request()
        .header("Idempotency-Key", "a", "b")
        .body(Client.transfer(1))
        .post("/v1/evaluations/forward")
        .then()
        .statusCode(400);
  }

  @Test
  void whenTheLogIsNotWritableNothingIsAnsweredAndARepeatIsDecided() {
    String key = Client.freshKey();
    String body = Client.transfer(5);
    Neighbours.auditDown(true);
    try {
      client
          .evaluate(key, body)
          .then()
          .statusCode(503)
          .header("Retry-After", notNullValue())
          .body("code", equalTo("AUDIT_UNAVAILABLE"));
    } finally {
      Neighbours.auditDown(false);
    }
    client.request().get("/v1/evaluations").then().body("items.size()", equalTo(0));
    client
        .evaluate(key, body)
        .then()
        .statusCode(200)
        .body("state", equalTo("DETERMINISTIC_COMPLIANCE"));
  }

  @Test
  void callsToTheLogCarryAServiceToken() {
    client.evaluate(Client.freshKey(), Client.transfer(5)).then().statusCode(200);
    assertThat(Neighbours.tokens()).isNotEmpty().allMatch(token -> token.startsWith("Bearer ey"));
  }

  @Test
  void aKeyWithoutTheScopeIsForbidden() {
    String key =
        client
            .request()
            .body("{\"name\":\"reader\",\"scopes\":[\"audit:read\"]}")
            .post("/v1/api-keys")
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    new Client(client.tenant(), key)
        .evaluate(Client.freshKey(), Client.transfer(1))
        .then()
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
  }

  @Test
  void derivationNamesEveryRuleAndNoValue() {
    client
        .evaluate(Client.freshKey(), Client.transfer(4242))
        .then()
        .body("derivation.rule", hasItem("within-limit"))
        .body("derivation.rule", hasItem("over-limit"));
  }

  @Test
  void moreMissingFactsThanAnEventHoldsAreCountedAndDigestedInTheLog() throws Exception {
    StringBuilder facts = new StringBuilder();
    StringBuilder[] rules = {new StringBuilder("proposal.go"), new StringBuilder("proposal.go")};
    for (int i = 0; i < 40; i++) {
      String name = "f" + i + "x".repeat(110);
      facts.append(i == 0 ? "" : ",").append("\"").append(name).append("\":{\"type\":\"boolean\"}");
      rules[i % 2].append(" && context.").append(name);
    }
    String ruleset =
        """
        {"name":"many.facts","scope":"Two rules that ask for many facts.",
         "facts":{"type":"object","properties":{
           "proposal":{"type":"object","properties":{"go":{"type":"boolean"}}},
           "context":{"type":"object","properties":{%s}}}},
         "decision_window_ms":5000,"max_clock_skew_ms":300000,
         "rules":[{"id":"one","when":"%s","outcome":"COMPLIANCE"},
                  {"id":"two","when":"%s","outcome":"VIOLATION"}]}
        """
            .formatted(facts, rules[0], rules[1]);
    client.request().body(ruleset).post("/v1/rulesets").then().statusCode(201);
    String body =
        "{\"ruleset\":\"many.facts\",\"proposal\":{\"go\":true},\"evaluated_at\":\"%s\"}"
            .formatted(Instant.now());
    JsonNode answer = JSON.readTree(client.evaluate(Client.freshKey(), body).asByteArray());
    assertThat(answer.at("/reason/missing")).hasSize(40);
    JsonNode failed =
        Neighbours.chain(client.tenant()).stream()
            .filter(event -> event.get("type").textValue().equals("gate_failed"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.at("/payload/missing_count").asInt()).isEqualTo(40);
    assertThat(failed.at("/payload/missing_digest").textValue())
        .isEqualTo(CanonicalJson.write(answer.at("/reason/missing")).sha256());
  }
}
