package dev.nofate.gate.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import dev.nofate.kit.servicetoken.ServiceTokens;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@GateTest
class ReadinessIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String DATABASE = "checks.find { it.name == 'database' }.status";

  @AfterEach
  void everythingAnswersAgain() throws SQLException {
    Neighbours.auditDown(false);
    asOwner("GRANT INSERT ON gate.evaluations TO gate_app");
  }

  @Test
  void isReadyWhileTheDatabaseTakesWrites() {
    given().get("/q/health/ready").then().statusCode(200).body(DATABASE, equalTo("UP"));
  }

  @Test
  void withoutTheLogEvaluationsAloneAreUnavailable() {
    Client client = Client.fresh().withRuleset();
    String id =
        client
            .evaluate(Client.freshKey(), Client.transfer(1))
            .then()
            .statusCode(200)
            .extract()
            .path("evaluation_id");
    String session = consoleSession(client);

    Neighbours.auditDown(true);

    client
        .evaluate(Client.freshKey(), Client.transfer(2))
        .then()
        .statusCode(503)
        .header("Retry-After", notNullValue())
        .body("code", equalTo("AUDIT_UNAVAILABLE"));
    given().get("/q/health/ready").then().statusCode(200);
    client.request().get("/v1/evaluations/" + id).then().statusCode(200);
    client.request().get("/v1/api-keys").then().statusCode(200);
    given().cookie("nofate_console", session).get("/console").then().statusCode(200);
    given().get("/console/status").then().statusCode(200);
    given()
        .header("Authorization", "Bearer " + billingToken())
        .contentType("application/json")
        .body("{\"credential\":\"" + client.key() + "\"}")
        .post("/internal/callers")
        .then()
        .statusCode(200)
        .body("caller.tenant", equalTo(client.tenant()));
  }

  @Test
  void aNeighbourThatIsNotReadyIsAGauge() {
    String ready = "nofate_neighbour_ready{neighbour=\"audit-service\"} ";
    await().atMost(SOON).untilAsserted(() -> assertThat(metrics()).contains(ready + "1.0"));
    Neighbours.auditDown(true);
    await().atMost(SOON).untilAsserted(() -> assertThat(metrics()).contains(ready + "0.0"));
    assertThat(metrics()).contains("nofate_ready 1.0");
  }

  @Test
  void isNotReadyWhileEvaluationsCannotBeStored() throws SQLException {
    asOwner("REVOKE INSERT ON gate.evaluations FROM gate_app");
    given().get("/q/health/ready").then().statusCode(503).body(DATABASE, equalTo("DOWN"));
    await().atMost(SOON).untilAsserted(() -> assertThat(metrics()).contains("nofate_ready 0.0"));
  }

  @Test
  void livesWhateverBecameOfTheOthers() {
    Neighbours.auditDown(true);
    given().get("/q/health/live").then().statusCode(200);
  }

  private static String consoleSession(Client client) {
    String link =
        client.request().body("{\"role\":\"reader\"}").post("/v1/console-links").path("path");
    return given().redirects().follow(false).get(link).cookie("nofate_console");
  }

  private static String metrics() {
    return given().get("/q/metrics").then().statusCode(200).extract().asString();
  }

  private static String billingToken() {
    return ServiceTokens.mint(
        ServiceTokens.readKey(PartsTestResource.keyDirectory().resolve("billing-service.pem")),
        "billing-service",
        "nofate-local",
        Duration.ofMinutes(1));
  }

  private static void asOwner(String statement) throws SQLException {
    try (Connection db = PartsTestResource.superuser().connect();
        Statement sql = db.createStatement()) {
      sql.execute(statement);
    }
  }
}
