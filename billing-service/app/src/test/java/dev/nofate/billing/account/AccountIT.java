package dev.nofate.billing.account;

import static dev.nofate.billing.standin.Calls.customer;
import static dev.nofate.billing.standin.Calls.gate;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@QuarkusTest
@BillingParts
class AccountIT {

  @Test
  void opensAnAccountOnceAndAnswersWithItsStanding() {
    TenantId tenant = newTenant();

    for (int time = 0; time < 2; time++) {
      gate()
          .put("/internal/accounts/{tenant}", tenant.toString())
          .then()
          .statusCode(200)
          .body("tenant", equalTo(tenant.toString()))
          .body("standing", equalTo("ACTIVE"))
          .body("grace_until", nullValue())
          .body("version", equalTo(0));
    }
  }

  @Test
  void opensOneAccountForCallersAtTheSameTime() {
    TenantId tenant = newTenant();

    List<Integer> answers =
        Concurrently.run(
            8, () -> gate().put("/internal/accounts/{tenant}", tenant.toString()).statusCode());

    assertThat(answers).containsOnly(200);
    assertThat(
            Database.column(
                "SELECT count(*) FROM accounts WHERE tenant_id = '%s'".formatted(tenant)))
        .containsExactly("1");
  }

  @Test
  void tellsTheStandingOfAnAccount() {
    TenantId tenant = newAccount();

    gate()
        .get("/internal/accounts/{tenant}/standing", tenant.toString())
        .then()
        .statusCode(200)
        .body("standing", equalTo("ACTIVE"));
  }

  @Test
  void knowsNoStandingWithoutAnAccount() {
    gate()
        .get("/internal/accounts/{tenant}/standing", newTenant().toString())
        .then()
        .statusCode(404)
        .body("code", equalTo("NOT_FOUND"));
  }

  @Test
  void takesTenantsInLowerCaseUuidsOnly() {
    String upper = newTenant().toString().toUpperCase(Locale.ROOT);

    gate().put("/internal/accounts/{tenant}", upper).then().statusCode(404);
    gate().put("/internal/accounts/{tenant}", "tenant-1").then().statusCode(404);
  }

  @Test
  void showsTheTenantItsAccount() {
    TenantId tenant = newAccount();

    reader(tenant)
        .get("/v1/billing/account")
        .then()
        .statusCode(200)
        .body("tenant_id", equalTo(tenant.toString()))
        .body("standing", equalTo("ACTIVE"))
        .body("grace_until", nullValue())
        .body("stripe_customer_id", equalTo(customer(tenant)))
        .body("version", equalTo(0));
  }
}
