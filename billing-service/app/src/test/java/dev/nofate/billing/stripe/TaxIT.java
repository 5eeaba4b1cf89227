package dev.nofate.billing.stripe;

import static dev.nofate.billing.standin.Calls.invoices;
import static dev.nofate.billing.standin.Calls.newAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.GateStandIn;
import dev.nofate.billing.standin.ShiftedClock;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.stripe.StripeStandIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tax, from an account that Stripe knows no place of to one whose invoices bear it. */
@QuarkusTest
@BillingParts
@TestProfile(TaxProfile.class)
class TaxIT {

  private static final JsonObject ADDRESS =
      new JsonObject().put("country", "AT").put("postal_code", "1010").put("line1", "Ring 1");

  @Inject ShiftedClock clock;
  StripeStandIn stripe;

  private TenantId tenant;
  private String customer;
  private String subscription;

  @BeforeEach
  void anAccount() {
    stripe.reset();
    Database.tamper("UPDATE accounts SET invoices_polled_at = now() + interval '1 year'");
    tenant = newAccount();
    customer = account("stripe_customer_id");
    subscription = account("stripe_subscription_id");
  }

  @AfterEach
  void backToThePresent() {
    clock.reset();
    assertThat(stripe.refusals()).isEmpty();
  }

  @Test
  void onboardsACustomerWhosePlaceStripeDoesNotKnowYet() {
    assertThat(subscription).startsWith("sub_");
    assertThat(isTaxed()).isFalse();

    poll();

    assertThat(account("tax")).isEqualTo("NO_LOCATION");
  }

  @Test
  void asksForTheAddressAtCheckoutAndComputesTaxFromThenOn() {
    poll();
    String url =
        RestAssured.given()
            .header("x-api-key", GateStandIn.admin(tenant))
            .post("/v1/billing/payment-method")
            .then()
            .statusCode(201)
            .extract()
            .path("url");
    stripe.account().billing().fillIn(url.substring(url.lastIndexOf('/') + 1), ADDRESS);

    clock.advance(Duration.ofMinutes(20));
    poll();

    assertThat(isTaxed()).isTrue();
    assertThat(account("tax")).isEqualTo("ON");
  }

  @Test
  void seesThatStripeSwitchedTaxOffAndSwitchesItOnWithTheNextAddress() {
    give(ADDRESS);
    poll();
    assertThat(account("tax")).isEqualTo("ON");

    stripe.account().billing().loseTaxLocation(customer, subscription);
    clock.advance(Duration.ofMinutes(20));
    poll();
    assertThat(account("tax")).isEqualTo("NO_LOCATION");

    give(ADDRESS);
    clock.advance(Duration.ofMinutes(20));
    poll();
    assertThat(isTaxed()).isTrue();
  }

  private void give(JsonObject address) {
    stripe.account().put(stripe.account().object(customer).put("address", address));
  }

  private boolean isTaxed() {
    return stripe
        .account()
        .object(subscription)
        .getJsonObject("automatic_tax")
        .getBoolean("enabled");
  }

  private static void poll() {
    invoices()
        .post("/internal/settlement/invoice-polls")
        .then()
        .statusCode(200)
        .body("accounts", equalTo(1))
        .body("failures", equalTo(0));
  }

  private String account(String column) {
    return Database.column(
            "SELECT %s FROM accounts WHERE tenant_id = '%s'".formatted(column, tenant))
        .get(0);
  }
}
