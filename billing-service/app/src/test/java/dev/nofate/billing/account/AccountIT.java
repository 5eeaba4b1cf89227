package dev.nofate.billing.account;

import static dev.nofate.billing.standin.Calls.customer;
import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.gate;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.reader;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.start.FaultySettingsException;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@QuarkusTest
@BillingParts
class AccountIT {

  @Inject RealmCheck realms;

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
  void neverTellsTheRecordedProviderWhatStripeBills() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    realm(tenant, "'LIVE'");
    try {
      report(tenant, 1).statusCode(502).body("detail", containsString("not open at the provider"));
      gate().put("/internal/accounts/{tenant}", tenant.toString()).then().statusCode(200);
      assertThatThrownBy(() -> realms.check(new StartupEvent()))
          .isInstanceOf(FaultySettingsException.class)
          .hasMessageContaining("BILLING_MODE: mock, and 1 accounts are open at Stripe");
    } finally {
      realm(tenant, "'MOCK'");
    }
    report(tenant, 1).statusCode(200);
  }

  private static void realm(TenantId tenant, String realm) {
    Database.tamper(
        "UPDATE accounts SET realm = %s WHERE tenant_id = '%s'".formatted(realm, tenant));
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
