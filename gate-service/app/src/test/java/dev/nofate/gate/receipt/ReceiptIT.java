package dev.nofate.gate.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the gate does with a receipt; what it shows is tested where it is made, and with the whole
 * suite.
 */
@GateTest
class ReceiptIT {

  private Client client;

  @BeforeEach
  void aTenantOfItsOwn() {
    client = Client.fresh().withRuleset();
  }

  @Test
  void handsOnTheReceiptOfTheAnswer() {
    String id = evaluated(client);

    Response receipt = receipt(client, id);

    receipt.then().statusCode(200).contentType("text/plain");
    assertThat(receipt.asString())
        .isEqualTo("receipt of " + id + " response_emitted of " + client.tenant() + "\n");
  }

  @Test
  void answersForAnothersEvaluationAsForAMissingOne() {
    Client other = Client.fresh().withRuleset();
    Response foreign = receipt(client, evaluated(other));
    Response missing = receipt(client, UUID.randomUUID().toString());

    foreign.then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    assertThat(foreign.asByteArray()).isEqualTo(missing.asByteArray());
    receipt(client, "none").then().statusCode(404);
  }

  @Test
  void saysWhenTheLogDoesNotAnswer() {
    String id = evaluated(client);
    Neighbours.auditDown(true);
    try {
      receipt(client, id).then().statusCode(503).body("code", equalTo("AUDIT_UNAVAILABLE"));
    } finally {
      Neighbours.auditDown(false);
    }
  }

  private static String evaluated(Client client) {
    return client
        .evaluate(Client.freshKey(), Client.transfer(5))
        .then()
        .statusCode(200)
        .extract()
        .path("evaluation_id");
  }

  private static Response receipt(Client client, String id) {
    return client.request().get("/v1/evaluations/" + id + "/receipt");
  }
}
