package dev.nofate.gate.tenant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.path.json.JsonPath;
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
