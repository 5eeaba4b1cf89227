package dev.nofate.billing.stripe;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.gate;
import static dev.nofate.billing.standin.Calls.invoices;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.operator;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.stripe.StripeAccount;
import dev.nofate.stripe.StripeEvents;
import dev.nofate.stripe.StripeStandIn;
import dev.nofate.stripe.StripeStandIn.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A failure that Stripe repeats for a day under its key holds nothing up, and doubles nothing. */
@QuarkusTest
@BillingParts
@TestProfile(StripeProfile.class)
class StoredFailureIT {

  private static final String CUSTOMERS = "POST /v1/customers";
  private static final String SUBSCRIPTIONS = "POST /v1/subscriptions";
  private static final String ITEMS = "POST /v1/invoiceitems";

  StripeStandIn stripe;

  @BeforeEach
  void stripeSearchesLate() {
    stripe.reset();
    stripe.account().delaySearch(Duration.ofHours(1));
  }

  @AfterEach
  void nothingThatStripeDoesNotKnow() {
    assertThat(stripe.refusals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    CUSTOMERS + ", FAILED_BEFORE_WORK",
    CUSTOMERS + ", FAILED_AFTER_WORK",
    SUBSCRIPTIONS + ", FAILED_BEFORE_WORK",
    SUBSCRIPTIONS + ", FAILED_AFTER_WORK"
  })
  void anAccountIsOpenedWithOneCustomerAndOneSubscription(String request, Fault fault) {
    stripe.fail(request, fault, 1);

    TenantId tenant = newAccount();

    assertIsOpenOnce(tenant);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED_BEFORE_WORK", "FAILED_AFTER_WORK"})
  void sixWhoOpenItAtOnceGetOneCustomerAndOneSubscription(Fault fault) {
    TenantId tenant = newTenant();
    stripe.fail(CUSTOMERS, fault, 2);
    stripe.fail(SUBSCRIPTIONS, fault, 2);

    Concurrently.run(6, () -> open(tenant));
    assertThat(open(tenant)).isEqualTo(200);

    assertIsOpenOnce(tenant);
  }

  @Test
  void itIsOpenedWithTheFirstCallAfterAnHourOfFailures() {
    TenantId tenant = newTenant();
    stripe.fail(CUSTOMERS, Fault.FAILED_BEFORE_WORK, 100);
    for (int call = 0; call < 5; call++) {
      assertThat(open(tenant)).isEqualTo(503);
    }

    stripe.heal();
    assertThat(open(tenant)).isEqualTo(200);

    assertIsOpenOnce(tenant);
  }

  @Test
  void noAnswerIsNoStoredFailureAndTheSameCallIsMadeAgain() {
    TenantId tenant = newTenant();
    stripe.fail(CUSTOMERS, Fault.CUT_AFTER_WORK, 3);
    assertThat(open(tenant)).isEqualTo(503);
    stripe.fail(SUBSCRIPTIONS, Fault.CUT_AFTER_WORK, 3);
    assertThat(open(tenant)).isEqualTo(200);

    assertThat(open(tenant)).isEqualTo(200);

    assertIsOpenOnce(tenant);
    assertThat(
            Database.column(
                "SELECT call FROM stored_failures WHERE tenant_id = '%s'".formatted(tenant)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED_BEFORE_WORK", "FAILED_AFTER_WORK"})
  void usageThatTheMeterRefusedBecomesOneItem(Fault fault) {
    TenantId tenant = newAccount();
    file(tenant, lastHour(tenant)).statusCode(200);
    String hash = report(tenant, 1).statusCode(200).extract().path("usage_hash");
    JsonObject thin =
        StripeEvents.thin("v1.billing.meter.error_report_triggered", StripeAccount.METER);
    stripe.account().put(StripeEvents.whole(thin, "meter_event_customer_not_found", List.of(hash)));
    invoices()
        .body(
            "{\"event_id\":\"%s\",\"type\":\"%s\"}"
                .formatted(thin.getString("id"), thin.getString("type")))
        .post("/internal/settlement/meter-faults")
        .then()
        .statusCode(200);
    stripe.fail(ITEMS, fault, 1);

    operator()
        .body("{\"rebill\":true,\"reason\":\"restored\"}")
        .post("/v1/billing/meter-faults/{event}/settlement", thin.getString("id"))
        .then()
        .statusCode(204);

    assertThat(stripe.account().objects("ii_"))
        .extracting(item -> item.getLong("amount"))
        .containsExactly(24L);
  }

  private static int open(TenantId tenant) {
    return gate().put("/internal/accounts/{tenant}", tenant.toString()).statusCode();
  }

  private void assertIsOpenOnce(TenantId tenant) {
    assertThat(stripe.account().objects("cus_"))
        .extracting(one -> one.getString("id"))
        .containsExactly(account(tenant, "stripe_customer_id"));
    assertThat(stripe.account().objects("sub_"))
        .extracting(one -> one.getString("id"))
        .containsExactly(account(tenant, "stripe_subscription_id"));
  }

  private static String account(TenantId tenant, String column) {
    return Database.column(
            "SELECT %s FROM accounts WHERE tenant_id = '%s'".formatted(column, tenant))
        .get(0);
  }

  private static String lastHour(TenantId tenant) {
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    return draft(tenant, 10, 1, 9, 234)
        .replace("2026-11-23T10:00:00Z", hour.toString())
        .replace("2026-11-23T11:00:00Z", hour.plusSeconds(3600).toString());
  }
}
