package dev.nofate.gate.problem;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Postgres ends every connection of the service and takes no other. */
@GateTest
class OutageIT {

  @AfterEach
  void postgresAnswersAgain() throws SQLException {
    asSuperuser("ALTER ROLE gate_app CONNECTION LIMIT -1");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get("/q/health/ready").statusCode() == 200);
  }

  @Test
  void everyEndpointAnswersThatItIsUnavailableForNow() throws SQLException {
    Client client = Client.fresh().withRuleset();
    Client.operator().get("/v1/tenants").then().statusCode(200);

    asSuperuser(
        "ALTER ROLE gate_app CONNECTION LIMIT 0;"
            + " SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'gate_app'");

    unavailable(client.request().get("/v1/rulesets"));
    unavailable(client.request().get("/v1/evaluations"));
    unavailable(client.request().get("/v1/api-keys"));
    unavailable(client.evaluate("k", Client.transfer(1)));
    unavailable(Client.operator().get("/v1/tenants"));
    unavailable(Client.operator().body("{\"name\":\"another\"}").post("/v1/tenants"));
    String unknown = PartsTestResource.ADMIN_API_KEY.replace("nf_live_dGV", "nf_live_AAA");
    unavailable(given().header("x-api-key", unknown).get("/v1/evaluations"));
  }

  private static void unavailable(Response answer) {
    answer
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("1"))
        .body("code", equalTo("UNAVAILABLE"));
  }

  private static void asSuperuser(String statements) throws SQLException {
    try (Connection db = PartsTestResource.superuser().connect();
        Statement sql = db.createStatement()) {
      sql.execute(statements);
    }
  }
}
