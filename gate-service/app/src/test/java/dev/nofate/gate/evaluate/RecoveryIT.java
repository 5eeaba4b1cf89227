package dev.nofate.gate.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.ruleset.Examples;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a crash between recording and storing leaves behind: I3 and I8. */
@GateTest
class RecoveryIT {

  private Client client;

  @BeforeEach
  void aTenantWithARuleset() {
    client = Client.fresh().withRuleset();
  }

  @Test
  void aRecordedEvaluationThatWasNotStoredIsDerivedAgainByteForByte() throws Exception {
    String key = Client.freshKey();
    String body = Client.transfer(17);
    Response first = client.evaluate(key, body);
    int events = Neighbours.chain(client.tenant()).size();
    loseTheStoredRow();
    // A newer ruleset is no excuse: the recorded version decides.
    client
        .request()
        .body(Examples.RULESET.replace("TP 4.1", "TP 5"))
        .post("/v1/rulesets")
        .then()
        .statusCode(201);
    Response repeat = client.evaluate(key, body);
    assertThat(repeat.asString()).isEqualTo(first.asString());
    assertThat(repeat.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(Neighbours.chain(client.tenant())).hasSize(events + 1);
    client.request().get("/v1/evaluations/" + first.path("evaluation_id")).then().statusCode(200);
  }

  @Test
  void aRecordedEvaluationIsNotAnsweredToAnotherBody() throws Exception {
    String key = Client.freshKey();
    client.evaluate(key, Client.transfer(17)).then().statusCode(200);
    loseTheStoredRow();
    client
        .evaluate(key, Client.transfer(18))
        .then()
        .statusCode(422)
        .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
  }

  @Test
  void malformedTextIsRecoveredToo() throws Exception {
    String key = Client.freshKey();
    Response first = client.evaluate(key, "{\"ruleset\":");
    loseTheStoredRow();
    assertThat(client.evaluate(key, "{\"ruleset\":").asString()).isEqualTo(first.asString());
  }

  private void loseTheStoredRow() throws SQLException {
    try (Connection db = PartsTestResource.superuser().connect();
        Statement sql = db.createStatement()) {
      for (String table : new String[] {"evaluations", "evaluation_contents"}) {
        sql.executeUpdate(
            "DELETE FROM gate." + table + " WHERE tenant_id = '" + client.tenant() + "'");
      }
    }
  }
}
