package dev.nofate.audit.health;

import static dev.nofate.audit.fixture.Client.grow;
import static dev.nofate.audit.fixture.Client.newId;
import static dev.nofate.audit.fixture.Client.reader;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.nofate.audit.fixture.Client;
import dev.nofate.audit.fixture.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Postgres ends every connection of the service and takes no other. */
@QuarkusTest
class OutageIT {

  @AfterEach
  void postgresAnswersAgain() {
    Database.tamper("ALTER ROLE audit_app CONNECTION LIMIT -1");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get("/q/health/ready").statusCode() == 200);
  }

  @Test
  void everyEndpointAnswersThatItIsUnavailableForNow() {
    UUID tenant = newId();
    grow(tenant, 3);

    Database.tamper("ALTER ROLE audit_app CONNECTION LIMIT 0");
    Database.column(
        "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE usename = 'audit_app'");

    unavailable(reader(tenant).get("/v1/audit/head"), "UNAVAILABLE");
    unavailable(reader(tenant).get("/v1/audit/events"), "UNAVAILABLE");
    unavailable(reader(tenant).post("/v1/audit/verify"), "UNAVAILABLE");
    unavailable(reader(tenant).get("/v1/audit/export"), "UNAVAILABLE");
    unavailable(
        Client.append(
            Client.request(tenant, List.of(Client.event("usage_recorded", Map.of("n", 1))))),
        "AUDIT_UNAVAILABLE");
  }

  private static void unavailable(Response answer, String code) {
    answer
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("code", equalTo(code));
  }
}
