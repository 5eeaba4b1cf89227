package dev.nofate.gate.secret;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import dev.nofate.kit.identity.CallerCache;
import io.quarkus.test.junit.QuarkusMock;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * {@code API_SECRET_SALT} changes while two live side by side: the real thing, with other values.
 */
@GateTest
class SaltRotationIT {

  private static final String OLD = PartsTestResource.API_SECRET_SALT;
  private static final String NEW = "test-only-next-salt-0123456789abcdef0123456789abc";

  @Inject CallerCache callers;

  @Test
  void keysKeepWorkingWhileTheirSecretLivesAndEndWithIt() {
    Client before = Client.fresh();
    live(NEW, OLD);
    assertThat(status(before.key())).isEqualTo(200);
    String made =
        before
            .request()
            .body("{\"name\":\"under the new one\",\"scopes\":[\"evaluate\"]}")
            .post("/v1/api-keys")
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    live(NEW);
    assertThat(status(made)).isEqualTo(200);
    assertThat(status(before.key())).isEqualTo(401);
  }

  /** A rollout's replicas are of two orders at a time: each takes what the other makes. */
  @Test
  void eachStepOfARotationTakesWhatTheStepsBesideItMake() throws SQLException {
    List<String[]> steps =
        List.of(
            new String[] {OLD},
            new String[] {OLD, NEW},
            new String[] {NEW, OLD},
            new String[] {NEW});
    for (int step = 0; step + 1 < steps.size() - 1; step++) {
      takes(steps.get(step), steps.get(step + 1));
      takes(steps.get(step + 1), steps.get(step));
    }
    takes(steps.get(3), steps.get(2));
  }

  private void takes(String[] maker, String[] taker) throws SQLException {
    live(OLD);
    Client client = Client.fresh().withRuleset();
    live(maker[0], OLD);
    String made =
        client
            .request()
            .body("{\"name\":\"made meanwhile\",\"scopes\":[\"evaluate\"]}")
            .post("/v1/api-keys")
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    Client program = new Client(client.tenant(), made);
    String key = Client.freshKey();
    String body = Client.transfer(7);
    JsonPath first = program.evaluate(key, body).then().statusCode(200).extract().jsonPath();
    forget(first.getString("evaluation_id"));
    live(taker);
    assertThat(status(made)).isEqualTo(200);
    JsonPath again = program.evaluate(key, body).then().statusCode(200).extract().jsonPath();
    assertThat(again.getMap("request")).isEqualTo(first.getMap("request"));
  }

  @Test
  void anEvaluationThatWasLoggedBeforeTheRotationIsFinishedWithTheSameCommitment()
      throws SQLException {
    Client client = Client.fresh().withRuleset();
    String key = Client.freshKey();
    String body = Client.transfer(7);
    JsonPath first = client.evaluate(key, body).then().statusCode(200).extract().jsonPath();
    forget(first.getString("evaluation_id"));
    int events = Neighbours.chain(client.tenant()).size();
    live(NEW, OLD);
    JsonPath again = client.evaluate(key, body).then().statusCode(200).extract().jsonPath();
    assertThat(again.getString("decision_digest")).isEqualTo(first.getString("decision_digest"));
    assertThat(again.getMap("request")).isEqualTo(first.getMap("request"));
    assertThat(Neighbours.chain(client.tenant())).hasSize(events);
  }

  @Test
  void aTenantThatWasCutOffBeforeTheRotationIsFinishedWithTheKeyItHas() {
    String key = UUID.randomUUID().toString();
    String shown = onboard(key);
    live(NEW, OLD);
    assertThat(onboard(key)).isEqualTo(shown);
    assertThat(status(shown)).isEqualTo(200);
  }

  private void live(String... salts) {
    QuarkusMock.installMockForType(new Secrets(() -> Optional.of(List.of(salts))), Secrets.class);
    callers.clear();
  }

  /** As if the process had died between the log and the store, and Redis had forgotten. */
  private static void forget(String evaluation) throws SQLException {
    try (Connection superuser = PartsTestResource.superuser().connect();
        var statement = superuser.createStatement()) {
      for (String table : List.of("evaluation_contents", "evaluations")) {
        assertThat(
                statement.executeUpdate(
                    "DELETE FROM gate." + table + " WHERE evaluation_id = '" + evaluation + "'"))
            .isEqualTo(1);
      }
    }
  }

  private static String onboard(String key) {
    return Client.operator()
        .header("Idempotency-Key", key)
        .body("{\"name\":\"Acme\"}")
        .post("/v1/tenants")
        .then()
        .statusCode(201)
        .extract()
        .path("api_key.key");
  }

  private static int status(String key) {
    return given().header("x-api-key", key).get("/v1/evaluations").statusCode();
  }
}
