package dev.nofate.billing;

import static dev.nofate.billing.standin.Calls.as;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.reader;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Calls;
import dev.nofate.billing.standin.GateStandIn;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class AccessIT {

  private static final String TENANT = "018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11";

  @ParameterizedTest
  @CsvSource({
    "PUT,/internal/accounts/{t},gate-service",
    "GET,/internal/accounts/{t}/standing,gate-service",
    "GET,/internal/ledger/{t}/position,meter-worker",
    "POST,/internal/ledger/{t}/entries,meter-worker",
    "POST,/internal/ledger/{t}/entries/1/report,meter-worker",
    "PUT,/internal/ledger/{t}/open-usage,meter-worker",
    "POST,/internal/settlement/webhook-events/claims,invoice-worker",
    "POST,/internal/settlement/webhook-events/evt_1/completion,invoice-worker",
    "POST,/internal/settlement/webhook-events/evt_1/failure,invoice-worker",
    "POST,/internal/settlement/invoice-observations,invoice-worker",
    "POST,/internal/settlement/grace-expirations,invoice-worker",
    "GET,/internal/settlement/outbox,invoice-worker",
    "POST,/internal/settlement/outbox/018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11/recorded,invoice-worker"
  })
  void letsOneServiceAloneUseAnInternalAddress(String method, String path, String service) {
    String address = path.replace("{t}", TENANT);

    given()
        .contentType("application/json")
        .body("{}")
        .request(method, address)
        .then()
        .statusCode(401);
    for (String other :
        new String[] {
          "gate-service", "audit-service", "billing-service", "meter-worker", "invoice-worker"
        }) {
      int status = as(other).body("{}").request(method, address).statusCode();
      if (other.equals(service)) {
        assertThat(status).as(other).isNotIn(401, 403);
      } else {
        assertThat(status).as(other).isEqualTo(403);
      }
    }
  }

  @Test
  void takesNoApiKeyOnInternalAddresses() {
    reader(Calls.newTenant())
        .get("/internal/ledger/{t}/position", TENANT)
        .then()
        .statusCode(401)
        .contentType(startsWith("application/problem+json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/billing/account",
        "/v1/billing/usage",
        "/v1/billing/ledger",
        "/v1/billing/preview",
        "/v1/billing/invoices",
        "/v1/billing/proof?period=2026-11",
        "/v1/billing/prices"
      })
  void takesOnlyKeysThatReadBills(String path) {
    TenantId tenant = newAccount();

    given().get(path).then().statusCode(401).body("code", equalTo("UNAUTHORIZED"));
    given().header("x-api-key", "nf_test_nobody").get(path).then().statusCode(401);
    as("gate-service").get(path).then().statusCode(401);
    given()
        .header("x-api-key", GateStandIn.evaluator(tenant))
        .get(path)
        .then()
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
    reader(tenant).get(path).then().statusCode(200);
    given()
        .header("Authorization", "Bearer " + GateStandIn.reader(tenant))
        .get(path)
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/billing/account",
        "/v1/billing/usage",
        "/v1/billing/preview",
        "/v1/billing/ledger",
        "/v1/billing/invoices",
        "/v1/billing/proof?period=2026-11"
      })
  void answersAMissingAccountLikeAMissingAddress(String path) {
    byte[] nothing = reader(newTenant()).get("/v1/billing/nothing").asByteArray();

    byte[] missing = reader(newTenant()).get(path).then().statusCode(404).extract().asByteArray();

    assertThat(missing).isEqualTo(nothing).isNotEmpty();
  }

  @Test
  void showsATenantNothingOfAnother() {
    TenantId rich = newAccount();
    file(rich, Calls.draft(rich, 10, 1, 9, 234)).statusCode(200);
    TenantId stranger = newAccount();

    reader(rich).get("/v1/billing/ledger").then().body("items", not(empty()));
    reader(stranger).get("/v1/billing/ledger").then().statusCode(200).body("items", empty());
    reader(stranger)
        .get("/v1/billing/usage")
        .then()
        .body("closed.entries", equalTo(0))
        .body("total_cost_nanousd", equalTo(0));
  }
}
