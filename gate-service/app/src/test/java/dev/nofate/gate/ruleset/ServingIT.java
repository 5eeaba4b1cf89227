package dev.nofate.gate.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An earlier version decides again, until another is published. */
@GateTest
class ServingIT {

  private Client client;

  @BeforeEach
  void aRulesetOfTwoVersions() {
    client = Client.fresh().withRuleset();
    publish("TP 5").then().statusCode(201).body("version", equalTo(2));
  }

  @Test
  void anEarlierVersionDecidesWhatPinsNone() {
    serve(client, 1).then().statusCode(200).body("version", equalTo(1));
    decidedBy("payments.transfer", 1);
    decidedBy("payments.transfer@2", 2);
    client.request().get("/v1/rulesets/payments.transfer").then().body("version", equalTo(1));
    serve(client, 2).then().statusCode(200).body("version", equalTo(2));
    decidedBy("payments.transfer", 2);
  }

  @Test
  void whatIsPublishedLaterIsServedAndTheSameDocumentChangesNothing() {
    serve(client, 1).then().statusCode(200);
    publish("TP 5").then().statusCode(200).body("version", equalTo(2));
    decidedBy("payments.transfer", 1);
    publish("TP 6").then().statusCode(201).body("version", equalTo(3));
    decidedBy("payments.transfer", 3);
  }

  @Test
  void earlierEvaluationsAreReplayedAsTheyWere() {
    String evaluation = decidedBy("payments.transfer", 2);
    serve(client, 1).then().statusCode(200);
    client
        .request()
        .post("/v1/evaluations/" + evaluation + "/replay")
        .then()
        .statusCode(200)
        .body("matches", equalTo(true));
  }

  @Test
  void theChangeStandsInTheChainOnceHoweverOftenItIsAsked() {
    serve(client, 1).then().statusCode(200);
    assertThat(serve(client, 1).asString()).isEqualTo(serve(client, 1).asString());
    List<JsonNode> changes = changes();
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).at("/before/version").intValue()).isEqualTo(2);
    assertThat(changes.get(0).at("/after/version").intValue()).isEqualTo(1);
    assertThat(changes.get(0).at("/after/digest").textValue()).startsWith("sha256:");
  }

  @Test
  void whatTheLogDoesNotTakeIsNotServed() {
    Neighbours.auditDown(true);
    try {
      serve(client, 1).then().statusCode(503).body("code", equalTo("AUDIT_UNAVAILABLE"));
    } finally {
      Neighbours.auditDown(false);
    }
    decidedBy("payments.transfer", 2);
  }

  @Test
  void aVersionThatIsNotThereAndAnotherTenantsAreAlike() {
    byte[] missing = serve(client, 9).then().statusCode(404).extract().asByteArray();
    byte[] foreign = serve(Client.fresh(), 1).then().statusCode(404).extract().asByteArray();
    assertThat(foreign).isEqualTo(missing);
    assertThat(changes()).isEmpty();
    for (String body : List.of("{}", "{\"version\":0}", "{\"version\":null}")) {
      put(client, body).then().statusCode(400);
    }
  }

  @Test
  void aKeyThatOnlyEvaluatesChoosesNothing() {
    String key =
        client
            .request()
            .body("{\"name\":\"agent\",\"scopes\":[\"evaluate\"]}")
            .post("/v1/api-keys")
            .path("key");
    serve(new Client(client.tenant(), key), 1).then().statusCode(403);
    decidedBy("payments.transfer", 2);
  }

  private Response publish(String citation) {
    return client.request().body(Examples.RULESET.replace("TP 4.1", citation)).post("/v1/rulesets");
  }

  private static Response serve(Client client, int version) {
    return put(client, "{\"version\":" + version + "}");
  }

  private static Response put(Client client, String body) {
    return client.request().body(body).put("/v1/rulesets/payments.transfer/served");
  }

  private String decidedBy(String reference, int version) {
    return client
        .evaluate(Client.freshKey(), Client.transfer(1).replace("payments.transfer", reference))
        .then()
        .statusCode(200)
        .body("ruleset.version", equalTo(version))
        .extract()
        .path("evaluation_id");
  }

  private List<JsonNode> changes() {
    return Neighbours.chain(client.tenant()).stream()
        .filter(event -> event.get("type").textValue().equals("admin_action"))
        .map(event -> event.get("payload"))
        .filter(payload -> payload.get("action").textValue().equals("ruleset_served"))
        .toList();
  }
}
