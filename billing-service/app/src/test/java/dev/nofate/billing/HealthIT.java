package dev.nofate.billing;

import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newInvoice;
import static dev.nofate.billing.standin.Calls.observe;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.billing.standin.BillingParts;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@BillingParts
class HealthIT {

  @Test
  void isReadyWithItsDatabase() {
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void countsWhatItPublishes() {
    observe(newAccount(), newInvoice(), "PAYMENT_FAILED").statusCode(200);

    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("nofate_billing_standing_published_total"))
        .body(containsString("nofate_billing_standing_publish_failures_total"));
  }
}
