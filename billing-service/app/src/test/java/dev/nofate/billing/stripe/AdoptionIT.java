package dev.nofate.billing.stripe;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.gate;
import static dev.nofate.billing.standin.Calls.invoices;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.stripe.StripeStandIn;
import dev.nofate.stripe.StripeStandIn.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts from before it was written down where they are open. */
@QuarkusTest
@BillingParts
@TestProfile(StripeProfile.class)
class AdoptionIT {

  StripeStandIn stripe;

  private TenantId tenant;

  @BeforeEach
  void anAccountWithoutARealm() {
    stripe.reset();
    Database.tamper("UPDATE accounts SET invoices_polled_at = now() + interval '1 year'");
    tenant = newAccount();
    Database.tamper("UPDATE accounts SET realm = NULL WHERE tenant_id = '%s'".formatted(tenant));
  }

  @AfterEach
  void nothingThatStripeDoesNotKnow() {
    assertThat(stripe.refusals()).isEmpty();
  }

  @Test
  void areWhereStripeKnowsThemOnceTheirInvoicesAreLookedAt() {
    invoices()
        .post("/internal/settlement/invoice-polls")
        .then()
        .statusCode(200)
        .body("accounts", equalTo(1));

    assertThat(realm()).isEqualTo("TEST");
  }

  @Test
  void areWhereStripeKnowsThemOnceTheyAreReportedOn() {
    file(tenant, lastHour()).statusCode(200);

    stripe.fail(Fault.FAILED_BEFORE_WORK, Fault.FAILED_BEFORE_WORK, Fault.FAILED_BEFORE_WORK);
    report(tenant, 1).statusCode(502);
    assertThat(realm()).isNull();
    assertThat(stripe.account().meterEvents()).isEmpty();

    gate().put("/internal/accounts/{tenant}", tenant.toString()).then().statusCode(200);
    assertThat(realm()).isEqualTo("TEST");
  }

  @Test
  void areNowhereWhileStripeDoesNotKnowThem() {
    stripe.reset();
    file(tenant, lastHour()).statusCode(200);

    report(tenant, 1).statusCode(502);
    gate().put("/internal/accounts/{tenant}", tenant.toString()).then().statusCode(200);

    assertThat(realm()).isNull();
    assertThat(stripe.account().objects("cus_")).isEmpty();
    assertThat(stripe.account().meterEvents()).isEmpty();
  }

  private String realm() {
    return Database.column("SELECT realm FROM accounts WHERE tenant_id = '%s'".formatted(tenant))
        .get(0);
  }

  private String lastHour() {
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    return draft(tenant, 10, 1, 9, 234)
        .replace("2026-11-23T10:00:00Z", hour.toString())
        .replace("2026-11-23T11:00:00Z", hour.plusSeconds(3600).toString());
  }
}
