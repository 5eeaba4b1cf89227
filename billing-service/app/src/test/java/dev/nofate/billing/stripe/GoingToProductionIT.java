package dev.nofate.billing.stripe;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.gate;
import static dev.nofate.billing.standin.Calls.meter;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.operator;
import static dev.nofate.billing.standin.Calls.reader;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Calls;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.ShiftedClock;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.stripe.StripeStandIn;
import dev.nofate.stripe.StripeStandIn.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that was filled in mock mode, met by the service in production mode. */
@QuarkusTest
@BillingParts
@TestProfile(StripeProfile.class)
class GoingToProductionIT {

  @Inject ShiftedClock clock;
  StripeStandIn stripe;

  private TenantId tenant;

  @BeforeEach
  void anAccountOfMockModeWithAReportedEntryAndOneInDoubt() {
    tenant = newAccount();
    file(tenant, entry(1, 9, 2)).statusCode(200);
    file(tenant, entry(10, 18, 1)).statusCode(200);
    Database.tamper(
        """
        UPDATE accounts SET realm = 'MOCK', stripe_customer_id = '%2$s',
          stripe_subscription_id = replace('%2$s', 'cus', 'sub') WHERE tenant_id = '%1$s';
        INSERT INTO usage_reports (tenant_id, entry_no, cost_nanousd, carried_in_nanousd,
          quantity_cents, carried_out_nanousd, mode, provider_reference, reported_at)
        SELECT tenant_id, entry_no, cost_nanousd, 0, cost_nanousd / 10000000,
          cost_nanousd %% 10000000, 'mock', 'mock_' || usage_hash, now()
        FROM usage_ledger WHERE tenant_id = '%1$s' AND entry_no = 1;
        INSERT INTO report_attempts (tenant_id, entry_no, attempts, not_before, channel,
          first_sent_at, last_sent_at, subscription_id)
        VALUES ('%1$s', 2, 1, now() - interval '1 minute', 'METER_EVENT', now(), now(),
          'sub_mock_1')
        """
            .formatted(tenant, Calls.customer(tenant)));
    stripe.reset();
  }

  @AfterEach
  void backToThePresent() {
    clock.reset();
    assertThat(stripe.refusals()).isEmpty();
  }

  @Test
  void opensTheAccountAtStripeAndBillsWhatWasNotReported() {
    report(tenant, 2).statusCode(200);

    String customer = account("stripe_customer_id");
    assertThat(stripe.account().objects("cus_"))
        .extracting(one -> one.getString("id"))
        .containsExactly(customer);
    assertThat(stripe.account().object(account("stripe_subscription_id")).getString("customer"))
        .isEqualTo(customer);
    assertThat(stripe.account().metered(customer)).containsExactly(24L);
    assertThat(audited()).containsOnlyOnce("account_reopened");
  }

  @Test
  void neverBillsWhatTheRecordedProviderWasTold() {
    report(tenant, 2).statusCode(200);

    report(tenant, 1).statusCode(200).body("reported.mode", equalTo("mock"));
    reader(tenant)
        .get("/v1/billing/ledger")
        .then()
        .body("items.reported.mode", contains("mock", "production"));
    assertThat(stripe.account().meterEvents()).hasSize(1);
    reader(tenant)
        .queryParam("period", hoursAgo(1).toString().substring(0, 7))
        .get("/v1/billing/reconciliation")
        .then()
        .statusCode(200)
        .body(
            "checks.find { it.name == 'invoiced_cents' }.figures.find { it.name =="
                + " 'reported_cents' }.value",
            equalTo(24));
  }

  @Test
  void opensItOnceForCallersAtTheSameTime() {
    List<Integer> answers =
        Concurrently.run(
            6, () -> gate().put("/internal/accounts/{tenant}", tenant.toString()).statusCode());

    assertThat(answers).containsOnly(200);
    assertThat(audited()).containsOnlyOnce("account_reopened");
    assertThat(stripe.account().objects("cus_")).hasSize(1);
    assertThat(stripe.account().objects("sub_")).hasSize(1);
  }

  @Test
  void goesOnAnsweringItsStandingWhileStripeFails() {
    stripe.fail(Fault.FAILED_BEFORE_WORK, Fault.FAILED_BEFORE_WORK, Fault.FAILED_BEFORE_WORK);
    gate()
        .put("/internal/accounts/{tenant}", tenant.toString())
        .then()
        .statusCode(200)
        .body("standing", equalTo("ACTIVE"));
    assertThat(account("realm")).isEqualTo("MOCK");

    stripe.fail(Fault.FAILED_BEFORE_WORK, Fault.FAILED_BEFORE_WORK, Fault.FAILED_BEFORE_WORK);
    report(tenant, 2).statusCode(502);
    clock.advance(Duration.ofMinutes(5));
    report(tenant, 2).statusCode(200);
    assertThat(account("realm")).isEqualTo("TEST");
  }

  @Test
  void theOperatorIsNobodysCustomer() {
    TenantId own = TenantId.OPERATOR;
    gate().put("/internal/accounts/{tenant}", own.toString()).then().statusCode(200);
    long before =
        meter()
            .get("/internal/ledger/{tenant}/position", own.toString())
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getLong("last_seq");
    int number =
        file(own, draft(own, 10, before + 1, before + 9, 234))
            .statusCode(200)
            .extract()
            .path("entry_no");

    report(own, number).statusCode(200).body("reported.mode", equalTo("mock"));

    assertThat(stripe.requests("POST ")).isEmpty();
    operator().post("/v1/billing/portal").then().statusCode(404);
    reader(own).get("/v1/billing/account").then().body("stripe_customer_id", nullValue());
  }

  private String account(String column) {
    return Database.column(
            "SELECT %s FROM accounts WHERE tenant_id = '%s'".formatted(column, tenant))
        .get(0);
  }

  private List<String> audited() {
    return Database.column(
        "SELECT payload->>'action' FROM audit_outbox WHERE tenant_id = '%s'".formatted(tenant));
  }

  private String entry(long firstSeq, long lastSeq, int hoursAgo) {
    return draft(tenant, 10, firstSeq, lastSeq, 234)
        .replace("2026-11-23T10:00:00Z", hoursAgo(hoursAgo).toString())
        .replace("2026-11-23T11:00:00Z", hoursAgo(hoursAgo - 1).toString());
  }

  private static Instant hoursAgo(int hours) {
    return Instant.now().truncatedTo(ChronoUnit.HOURS).minus(hours, ChronoUnit.HOURS);
  }
}
