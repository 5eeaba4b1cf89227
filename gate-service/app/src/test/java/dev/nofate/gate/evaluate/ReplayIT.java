package dev.nofate.gate.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.gate.ruleset.Examples;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GateTest
class ReplayIT {

  private Client client;

  @BeforeEach
  void aTenantWithRulesets() {
    client = Client.fresh().withRuleset();
    client.request().body(Examples.RENDERING_RULESET).post("/v1/rulesets").then().statusCode(201);
  }

  @Test
  void everyKindOfOutcomeComesOutAgainAndNothingIsRecorded() {
    List<Response> answers =
        List.of(
            client.evaluate(Client.freshKey(), Client.transfer(1)),
            client.evaluate(Client.freshKey(), Client.transfer(9000)),
            client.evaluate(
                Client.freshKey(), Client.transfer(1).replace("payments.transfer", "no.such")),
            client.evaluate(Client.freshKey(), "no json"),
            backward(Client.freshKey(), notice(12)));
    // A newer ruleset is no excuse: the recorded version decides.
    client
        .request()
        .body(
            Examples.RULESET
                .replace("COMPLIANCE", "VIOLATION")
                .replaceAll("(?s)\"examples\".*]", "\"examples\":[]"))
        .post("/v1/rulesets")
        .then()
        .statusCode(201);
    int events = Neighbours.chain(client.tenant()).size();
    for (Response answer : answers) {
      replay(client, answer.path("evaluation_id"))
          .then()
          .statusCode(200)
          .body("matches", equalTo(true))
          .body("recorded.state", equalTo(answer.path("state")))
          .body("replayed.state", equalTo(answer.path("state")))
          .body("replayed.decision_digest", equalTo(answer.path("decision_digest")))
          .body("received_at", equalTo(answer.path("received_at")));
    }
    assertThat(Neighbours.chain(client.tenant())).hasSize(events);
  }

  @Test
  void anotherTenantsEvaluationIsAnsweredLikeAMissingOne() {
    String id = client.evaluate(Client.freshKey(), Client.transfer(1)).path("evaluation_id");
    Client stranger = Client.fresh();
    Response foreign = replay(stranger, id);
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(foreign.asByteArray())
        .isEqualTo(replay(stranger, UUID.randomUUID().toString()).asByteArray())
        .isEqualTo(replay(stranger, "12").asByteArray());
  }

  @Test
  void aBackwardEvaluationCarriesItsRenderings() {
    String key = Client.freshKey();
    String body = notice(12);
    Response answer = backward(key, body);
    answer
        .then()
        .statusCode(200)
        .body("state", equalTo("DETERMINISTIC_COMPLIANCE"))
        .body("renderings[0].target", equalTo("notice"))
        .body("renderings[0].content", equalTo("Transfer of 12 EUR recorded."));
    assertThat(backward(key, body).asByteArray()).isEqualTo(answer.asByteArray());
    assertThat(Neighbours.chain(client.tenant()))
        .filteredOn(event -> event.get("type").textValue().equals("request_received"))
        .allMatch(event -> event.at("/payload/direction").textValue().equals("backward"));
    client
        .request()
        .get("/v1/evaluations?direction=backward")
        .then()
        .body("items.evaluation_id", equalTo(List.of(answer.<String>path("evaluation_id"))))
        .body("items.direction", equalTo(List.of("backward")));
  }

  @Test
  void aKeyOfOneDirectionIsNotAnsweredInTheOther() {
    String key = Client.freshKey();
    String body = notice(12);
    backward(key, body).then().statusCode(200);
    client
        .evaluate(key, body)
        .then()
        .statusCode(422)
        .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
  }

  private Response backward(String key, String body) {
    return client
        .request()
        .header("Idempotency-Key", key)
        .body(body)
        .post("/v1/evaluations/backward");
  }

  private static String notice(int amount) {
    return Examples.BACKWARD_EVALUATION
        .replace("1200", Integer.toString(amount))
        .replace("2026-11-23T10:00:00.000Z", Instant.now().toString());
  }

  private static Response replay(Client client, String id) {
    return client.request().post("/v1/evaluations/" + id + "/replay");
  }
}
