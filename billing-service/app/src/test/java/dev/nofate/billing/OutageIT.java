package dev.nofate.billing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Calls;
import dev.nofate.billing.standin.Database;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Postgres ends every connection of the service and takes no other. */
@QuarkusTest
@BillingParts
class OutageIT {

  @AfterEach
  void postgresAnswersAgain() {
    Database.tamper("ALTER ROLE billing_app CONNECTION LIMIT -1");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get("/q/health/ready").statusCode() == 200);
  }

  @Test
  void everyEndpointAnswersThatItIsUnavailableForNow() {
    TenantId tenant = Calls.newAccount();
    Calls.reader(tenant).get("/v1/billing/account").then().statusCode(200);

    Database.tamper(
        "ALTER ROLE billing_app CONNECTION LIMIT 0; SELECT pg_terminate_backend(pid)"
            + " FROM pg_stat_activity WHERE usename = 'billing_app'");

    unavailable(Calls.reader(tenant).get("/v1/billing/account"));
    unavailable(Calls.reader(tenant).get("/v1/billing/ledger"));
    unavailable(Calls.reader(tenant).get("/v1/billing/invoices"));
    unavailable(Calls.reader(tenant).get("/v1/billing/prices"));
    unavailable(Calls.operator().get("/v1/billing/held-reports"));
    unavailable(Calls.file(tenant, Calls.draft(tenant, 10, 1, 1, 234)).extract().response());
  }

  private static void unavailable(Response answer) {
    answer
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("1"))
        .body("code", equalTo("UNAVAILABLE"));
  }
}
