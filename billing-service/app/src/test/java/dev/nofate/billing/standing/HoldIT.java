package dev.nofate.billing.standing;

import static dev.nofate.billing.standin.Calls.gate;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newInvoice;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.observe;
import static dev.nofate.billing.standin.Calls.operator;
import static dev.nofate.billing.standin.Calls.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.GateStandIn;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class HoldIT {

  private static final String REASON = "{\"reason\":\"under review\"}";

  private TenantId tenant;

  @BeforeEach
  void openAnAccount() {
    tenant = newAccount();
  }

  @Test
  void suspendsUntilReleased() {
    act("hold", REASON, 204);
    standing("SUSPENDED", 1);

    act("release", REASON, 204);
    standing("ACTIVE", 2);

    assertThat(
            Database.column(
                "SELECT payload->>'cause' || ' ' || (payload->>'reason') FROM audit_outbox"
                    + " WHERE tenant_id = '%s' ORDER BY arrival".formatted(tenant)))
        .containsExactly("operator_hold under review", "operator_release under review");
  }

  @Test
  void changesNothingTheSecondTime() {
    act("hold", REASON, 204);
    act("hold", REASON, 204);
    standing("SUSPENDED", 1);

    act("release", REASON, 204);
    act("release", REASON, 204);
    standing("ACTIVE", 2);
  }

  @Test
  void staysHeldWhenTheInvoiceIsPaid() {
    String invoice = newInvoice();
    observe(tenant, invoice, "PAYMENT_FAILED").statusCode(200);
    act("hold", REASON, 204);

    observe(tenant, invoice, "PAID").statusCode(200);

    standing("SUSPENDED", 3);
    act("release", REASON, 204);
    standing("ACTIVE", 4);
  }

  @Test
  void goesBackToTheGraceThatRanOnUnderneath() {
    act("hold", REASON, 204);
    observe(tenant, newInvoice(), "PAYMENT_FAILED").statusCode(200);
    gate()
        .get("/internal/accounts/{t}/standing", tenant.toString())
        .then()
        .body("standing", equalTo("SUSPENDED"))
        .body("grace_until", nullValue());

    act("release", REASON, 204);

    standing("GRACE", 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"reason\":\" \"}",
        "{\"reason\":\"a\\u0000\"}",
        "{\"reason\":\"a\\ud800\"}",
        "{\"reason\":1}",
        "{\"why\":\"x\"}"
      })
  void asksForAReason(String body) {
    act("hold", body, 400);
    act("release", body, 400);
  }

  @Test
  void takesAReasonOfFiveHundredCharacters() {
    act("hold", "{\"reason\":\"" + "x".repeat(501) + "\"}", 400);
    act("hold", "{\"reason\":\"" + "x".repeat(500) + "\"}", 204);
  }

  @Test
  void knowsNoOtherAccount() {
    operator()
        .body(REASON)
        .post("/v1/billing/accounts/" + newTenant() + "/hold")
        .then()
        .statusCode(404);
  }

  @Test
  void obeysTheOperatorAlone() {
    RestAssured.given()
        .header("x-api-key", GateStandIn.admin(tenant))
        .contentType("application/json")
        .body(REASON)
        .post("/v1/billing/accounts/" + tenant + "/release")
        .then()
        .statusCode(403);
  }

  private void act(String what, String body, int status) {
    operator()
        .body(body)
        .post("/v1/billing/accounts/" + tenant + "/" + what)
        .then()
        .statusCode(status);
  }

  private void standing(String standing, int version) {
    reader(tenant)
        .get("/v1/billing/account")
        .then()
        .body("standing", equalTo(standing))
        .body("version", equalTo(version));
  }
}
