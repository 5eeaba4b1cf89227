package dev.nofate.gate.apikey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.kit.servicetoken.ServiceTokens;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GateTest
class ApiKeyIT {

  private Client client;

  @BeforeEach
  void aTenant() {
    client = Client.fresh();
  }

  @Test
  void aScopedKeyDoesWhatItsScopeSaysAndNothingElse() {
    String key = make("[\"evaluate\"]").getString("key");
    given().header("x-api-key", key).get("/v1/evaluations").then().statusCode(200);
    given().header("x-api-key", key).get("/v1/api-keys").then().statusCode(403);
  }

  @Test
  void aKeyIsAcceptedAsBearerToo() {
    given()
        .header("Authorization", "Bearer " + client.key())
        .get("/v1/evaluations")
        .then()
        .statusCode(200);
  }

  @Test
  void aRevokedKeyIsAnsweredLikeAnUnknownOne() {
    JsonPath made = make("[\"evaluate\"]");
    given()
        .header("x-api-key", made.getString("key"))
        .get("/v1/evaluations")
        .then()
        .statusCode(200);
    client.request().delete("/v1/api-keys/" + made.getString("id")).then().statusCode(204);
    client.request().delete("/v1/api-keys/" + made.getString("id")).then().statusCode(204);
    String revoked = refusal(made.getString("key"));
    String unknown = refusal("nf_test_" + "A".repeat(43));
    assertThat(revoked).isEqualTo(unknown).contains("UNAUTHORIZED");
  }

  @Test
  void listsNeverShowAKey() {
    String listed =
        client.request().get("/v1/api-keys").then().statusCode(200).extract().asString();
    assertThat(listed).doesNotContain(client.key()).contains(client.key().substring(0, 12));
  }

  @Test
  void listsArePaged() {
    make("[\"evaluate\"]");
    make("[\"audit:read\"]");
    JsonPath first =
        client
            .request()
            .get("/v1/api-keys?limit=2")
            .then()
            .body("items", hasSize(2))
            .extract()
            .jsonPath();
    client
        .request()
        .get("/v1/api-keys?limit=2&after=" + first.getString("next"))
        .then()
        .body("items", hasSize(1))
        .body("next", equalTo(null));
  }

  @Test
  void anotherTenantsKeyIsAnsweredLikeAMissingOne() {
    JsonPath foreign = make("[\"evaluate\"]");
    Client stranger = Client.fresh();
    String there =
        stranger
            .request()
            .delete("/v1/api-keys/" + foreign.getString("id"))
            .then()
            .statusCode(404)
            .extract()
            .asString();
    String missing =
        stranger
            .request()
            .delete("/v1/api-keys/" + UUID.randomUUID())
            .then()
            .statusCode(404)
            .extract()
            .asString();
    String malformed =
        stranger
            .request()
            .delete("/v1/api-keys/not-an-id")
            .then()
            .statusCode(404)
            .extract()
            .asString();
    String named =
        stranger
            .request()
            .get("/v1/api-keys?tenant_id=" + client.tenant())
            .then()
            .statusCode(404)
            .extract()
            .asString();
    assertThat(there).isEqualTo(missing).isEqualTo(malformed).isEqualTo(named);
  }

  @Test
  void theOperatorActsForANamedTenant() {
    Client.operator()
        .body("{\"name\":\"by the operator\",\"scopes\":[\"billing:read\"]}")
        .post("/v1/api-keys?tenant_id=" + client.tenant())
        .then()
        .statusCode(201);
    client.request().get("/v1/api-keys").then().body("items.name", hasItem("by the operator"));
  }

  @Test
  void anUnknownScopeOrNoScopeIsRefused() {
    client
        .request()
        .body("{\"name\":\"x\",\"scopes\":[\"everything\"]}")
        .post("/v1/api-keys")
        .then()
        .statusCode(400);
    client
        .request()
        .body("{\"name\":\"x\",\"scopes\":[]}")
        .post("/v1/api-keys")
        .then()
        .statusCode(400);
    client
        .request()
        .body("{\"name\":\"x\",\"scopes\":[null]}")
        .post("/v1/api-keys")
        .then()
        .statusCode(400);
  }

  @Test
  void anExpiryInThePastIsRefused() {
    client
        .request()
        .body("{\"name\":\"x\",\"scopes\":[\"evaluate\"],\"expires_at\":\"2020-01-01T00:00:00Z\"}")
        .post("/v1/api-keys")
        .then()
        .statusCode(400);
  }

  @Test
  void theDatabaseHoldsNoKey() throws Exception {
    try (Connection db = PartsTestResource.superuser().connect();
        ResultSet rows =
            db.createStatement()
                .executeQuery(
                    "SELECT coalesce(string_agg(k::text, ' '), '') FROM gate.api_keys k")) {
      rows.next();
      assertThat(rows.getString(1)).isNotEmpty().doesNotContain(client.key());
    }
  }

  @Test
  void aServiceAsksWhoACallerIs() {
    String token = token("audit-service");
    given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json")
        .body("{\"credential\":\"" + client.key() + "\"}")
        .post("/internal/callers")
        .then()
        .statusCode(200)
        .body("caller.tenant", equalTo(client.tenant()))
        .body("caller.operator", equalTo(false));
    given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json")
        .body("{\"credential\":\"nf_live_nobody\"}")
        .post("/internal/callers")
        .then()
        .statusCode(200)
        .body("caller", equalTo(null));
  }

  @Test
  void internalEndpointsAreClosedToKeysAndToOtherServices() {
    client
        .request()
        .body("{\"credential\":\"x\"}")
        .post("/internal/callers")
        .then()
        .statusCode(401);
    given()
        .header("Authorization", "Bearer " + client.key())
        .contentType("application/json")
        .body("{\"credential\":\"x\"}")
        .post("/internal/callers")
        .then()
        .statusCode(401);
    given()
        .header("Authorization", "Bearer " + token("invoice-worker"))
        .contentType("application/json")
        .body("{\"credential\":\"x\"}")
        .post("/internal/callers")
        .then()
        .statusCode(403);
  }

  @Test
  void aServicesKeyDoesNotSpeakForAnotherService() {
    String forged =
        io.smallrye.jwt.build.Jwt.claims()
            .issuer("nofate-local")
            .subject("audit-service")
            .audience("nofate")
            .expiresIn(60)
            .jws()
            .keyId("meter-worker")
            .sign(
                ServiceTokens.readKey(
                    PartsTestResource.keyDirectory().resolve("meter-worker.pem")));
    given()
        .header("Authorization", "Bearer " + forged)
        .contentType("application/json")
        .body("{\"credential\":\"x\"}")
        .post("/internal/callers")
        .then()
        .statusCode(401);
  }

  private static String token(String service) {
    return ServiceTokens.mint(
        ServiceTokens.readKey(PartsTestResource.keyDirectory().resolve(service + ".pem")),
        service,
        "nofate-local",
        Duration.ofMinutes(1));
  }

  private static String refusal(String key) {
    return given()
        .header("x-api-key", key)
        .get("/v1/evaluations")
        .then()
        .statusCode(401)
        .extract()
        .asString();
  }

  private JsonPath make(String scopes) {
    return client
        .request()
        .body("{\"name\":\"a key\",\"scopes\":" + scopes + "}")
        .post("/v1/api-keys")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }

  @Test
  void whatCouldNotBeReadBackIsRefused() {
    for (String body :
        List.of(
            "{\"name\":\"x\",\"scopes\":[\"evaluate\"],\"expires_at\":\"+999999999-01-01T00:00:00Z\"}",
            "{\"name\":\"a\\u0000\",\"scopes\":[\"evaluate\"]}",
            "{\"name\":\"\\ud800\",\"scopes\":[\"evaluate\"]}",
            "{\"name\":1,\"scopes\":[\"evaluate\"]}",
            "{\"name\":\"x\",\"name\":\"y\",\"scopes\":[\"evaluate\"]}",
            "{\"name\":\"x\",\"scopes\":[\"evaluate\"]} junk")) {
      client
          .request()
          .body(body)
          .post("/v1/api-keys")
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
    client.request().get("/v1/api-keys").then().statusCode(200);
    for (String path : List.of("/v1/rulesets?name=%00", "/v1/evaluations?ruleset=%00")) {
      client.request().urlEncodingEnabled(false).get(path).then().statusCode(400);
    }
  }
}
