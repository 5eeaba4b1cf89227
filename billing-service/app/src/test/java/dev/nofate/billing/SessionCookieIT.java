package dev.nofate.billing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.GateStandIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

/** People's sessions count here as they do at the gate, whose word is asked for. */
@QuarkusTest
@BillingParts
class SessionCookieIT {

  private static final String REPLAY = "/v1/billing/webhooks/evt_nothing/replay";

  @Test
  void aSessionIsABearerToo() {
    given()
        .header("Authorization", "Bearer " + GateStandIn.SESSION)
        .get("/v1/billing/prices")
        .then()
        .statusCode(200);
  }

  @Test
  void aCookieReads() {
    cookie().get("/v1/billing/prices").then().statusCode(200);
  }

  @Test
  void aCookieChangesNothingWithoutASignOfAPageAndItsToken() {
    cookie().post(REPLAY).then().statusCode(403).body("code", equalTo("FORBIDDEN"));
    cookie().header("Sec-Fetch-Site", "same-origin").post(REPLAY).then().statusCode(403);
    cookie()
        .header("X-CSRF-Token", GateStandIn.CSRF_TOKEN)
        .header("Origin", "https://evil.example")
        .post(REPLAY)
        .then()
        .statusCode(403);
    cookie()
        .header("Sec-Fetch-Site", "same-origin")
        .header("X-CSRF-Token", GateStandIn.CSRF_TOKEN)
        .post(REPLAY)
        .then()
        .statusCode(404);
  }

  @Test
  void aKeyIsNotTakenFromTheCookie() {
    given()
        .cookie("__session", GateStandIn.admin(dev.nofate.gate.contract.TenantId.OPERATOR))
        .get("/v1/billing/prices")
        .then()
        .statusCode(401);
  }

  private static RequestSpecification cookie() {
    return given().cookie("__session", GateStandIn.SESSION).contentType("application/json");
  }
}
