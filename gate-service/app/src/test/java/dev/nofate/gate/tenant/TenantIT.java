package dev.nofate.gate.tenant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@GateTest
class TenantIT {

  @Test
  void theOperatorMakesATenantWithItsFirstKeyAndItsChain() {
    JsonPath made =
        Client.operator()
            .body("{\"name\":\"Acme\"}")
            .post("/v1/tenants")
            .then()
            .statusCode(201)
            .body("api_key.key", matchesPattern("nf_test_[A-Za-z0-9_-]{43}"))
            .extract()
            .jsonPath();
    assertThat(Neighbours.chain(made.getString("tenant_id")))
        .extracting(event -> event.get("type").textValue())
        .containsExactly("tenant_created", "api_key_created");
    assertThat(Neighbours.chain(made.getString("tenant_id")).toString())
        .doesNotContain(made.getString("api_key.key"))
        .doesNotContain("Acme");
  }

  @Test
  void theSameIdempotencyKeyMakesOneTenantWithOneKey() {
    String key = UUID.randomUUID().toString();
    JsonPath first = onboard(key);
    JsonPath second = onboard(key);
    String tenant = first.getString("tenant_id");
    assertThat(second.getString("tenant_id")).isEqualTo(tenant);
    assertThat(second.getString("api_key.key")).isEqualTo(first.getString("api_key.key"));
    assertThat(Neighbours.chain(tenant))
        .extracting(event -> event.get("type").textValue())
        .containsExactly("tenant_created", "api_key_created");
    new Client(tenant, second.getString("api_key.key"))
        .request()
        .get("/v1/api-keys")
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(1));
  }

  @Test
  void theSameIdempotencyKeyWithAnotherWishIsRefused() {
    String key = UUID.randomUUID().toString();
    onboard(key);
    Client.operator()
        .header("Idempotency-Key", key)
        .body("{\"name\":\"Other\"}")
        .post("/v1/tenants")
        .then()
        .statusCode(422)
        .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
  }

  @Test
  void aLimitThatIsNoWholeNumberIsRefused() {
    for (String limit : new String[] {"1.9", "\"7\"", "0", "-1"}) {
      Client.operator()
          .body("{\"name\":\"x\",\"rate_limit_per_minute\":" + limit + "}")
          .post("/v1/tenants")
          .then()
          .statusCode(400);
    }
  }

  @Test
  void aChangedRateLimitIsRecordedWithWhatItWasBefore() {
    Client client = Client.fresh("{\"name\":\"x\",\"rate_limit_per_minute\":5}");
    String path = "/v1/tenants/" + client.tenant() + "/rate-limit";
    Client.operator()
        .body("{\"per_minute\":7}")
        .put(path)
        .then()
        .statusCode(200)
        .body("rate_limit_per_minute", equalTo(7));
    Client.operator().body("{\"per_minute\":null}").put(path).then().statusCode(200);
    Client.operator().body("{\"per_minute\":0}").put(path).then().statusCode(400);
    Client.operator().body("{}").put(path).then().statusCode(400);
    client.request().body("{\"per_minute\":9}").put(path).then().statusCode(403);
    assertThat(Neighbours.chain(client.tenant()))
        .filteredOn(event -> event.get("type").textValue().equals("admin_action"))
        .extracting(event -> event.get("payload").get("action").textValue())
        .containsExactly("rate_limit_set", "rate_limit_set");
    assertThat(Neighbours.chain(client.tenant()).get(2).get("payload").toString())
        .contains("\"before\":{\"rate_limit_per_minute\":5}")
        .contains("\"after\":{\"rate_limit_per_minute\":7}");
  }

  @Test
  void withoutTheLogNothingIsChanged() {
    Client client = Client.fresh();
    String path = "/v1/tenants/" + client.tenant();
    Neighbours.auditDown(true);
    try {
      Client.operator().body("{\"per_minute\":7}").put(path + "/rate-limit").then().statusCode(503);
    } finally {
      Neighbours.auditDown(false);
    }
    Client.operator().get(path).then().body("rate_limit_per_minute", equalTo(1000000));
  }

  @Test
  void aTenantThatIsNotThereIsNotFound() {
    Client.operator().get("/v1/tenants/" + UUID.randomUUID()).then().statusCode(404);
    Client.operator().get("/v1/tenants/nothing").then().statusCode(404);
  }

  @Test
  void aTenantIsNoOperator() {
    Client.fresh()
        .request()
        .body("{\"name\":\"x\"}")
        .post("/v1/tenants")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("code", equalTo("FORBIDDEN"));
  }

  @Test
  void nobodyIsNoOperator() {
    given()
        .contentType("application/json")
        .body("{\"name\":\"x\"}")
        .post("/v1/tenants")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("UNAUTHORIZED"));
  }

  @Test
  void anUnknownMemberIsRefusedByName() {
    Client.operator()
        .body("{\"name\":\"x\",\"colour\":\"red\"}")
        .post("/v1/tenants")
        .then()
        .statusCode(400)
        .body("code", equalTo("BAD_REQUEST"))
        .body("detail", equalTo("The body's member /colour was not understood"));
  }

  @Test
  void aMemberThatBreaksAConstraintIsNamedAsInJson() {
    Client.operator()
        .body("{\"name\":\"x\",\"rate_limit_per_minute\":0}")
        .post("/v1/tenants")
        .then()
        .statusCode(400)
        .body("errors.member", contains("rate_limit_per_minute"))
        .body("errors.constraint", contains("Positive"));
    Client.operator()
        .body("{\"clerk_org_id\":\"no id\"}")
        .put("/v1/tenants/" + UUID.randomUUID() + "/organization")
        .then()
        .statusCode(400)
        .body("errors.member", contains("clerk_org_id"));
    Client.fresh()
        .request()
        .body("{\"name\":\"x\",\"scopes\":[null]}")
        .post("/v1/api-keys")
        .then()
        .statusCode(400)
        .body("errors.member", contains("scopes"));
    for (String nothing : List.of("", "null")) {
      Client.operator()
          .body(nothing)
          .post("/v1/tenants")
          .then()
          .statusCode(400)
          .body("detail", equalTo("The body was absent"))
          .body("errors", nullValue());
    }
  }

  @Test
  void aMemberThatHasToBeThereIsToldToBeAbsent() {
    for (Map.Entry<String, String> absent :
        Map.of(
                "/v1/tenants/" + UUID.randomUUID() + "/rate-limit",
                "per_minute",
                "/v1/tenants/" + UUID.randomUUID() + "/organization",
                "clerk_org_id",
                "/v1/retention",
                "retention_days")
            .entrySet()) {
      Client.operator()
          .body("{}")
          .put(absent.getKey())
          .then()
          .statusCode(400)
          .body("detail", equalTo("The body's member /" + absent.getValue() + " is absent"));
    }
  }

  @Test
  void anEmptyNameIsRefused() {
    Client.operator().body("{\"name\":\" \"}").post("/v1/tenants").then().statusCode(400);
  }

  private static JsonPath onboard(String key) {
    return Client.operator()
        .header("Idempotency-Key", key)
        .body("{\"name\":\"Acme\"}")
        .post("/v1/tenants")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }
}
