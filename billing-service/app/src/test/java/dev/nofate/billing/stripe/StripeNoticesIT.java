package dev.nofate.billing.stripe;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.invoices;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.operator;
import static dev.nofate.billing.standin.Calls.reader;
import static dev.nofate.billing.standin.Calls.report;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.GateStandIn;
import dev.nofate.billing.standin.ShiftedClock;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.stripe.StripeAccount;
import dev.nofate.stripe.StripeEvents;
import dev.nofate.stripe.StripeStandIn;
import dev.nofate.stripe.StripeStandIn.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Stripe says besides invoices, and what is found when it says nothing. */
@QuarkusTest
@BillingParts
@TestProfile(StripeProfile.class)
class StripeNoticesIT {

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
  void followsASubscriptionAsItStandsNow() {
    notice("subscription-notices", subscriptionNotice(customer)).body("result", equalTo("APPLIED"));
    notice("subscription-notices", subscriptionNotice(customer))
        .body("result", equalTo("UNCHANGED"));
    reader(tenant).get("/v1/billing/account").then().body("subscription_status", equalTo("active"));
    notice("subscription-notices", subscriptionNotice("cus_nobody"))
        .body("result", equalTo("UNKNOWN_CUSTOMER"));
  }

  @Test
  void reportsNothingIntoAnEndedSubscriptionUntilTheOperatorRenewsIt() {
    file(tenant, lastHour()).statusCode(200);
    renew("none has ended").statusCode(409);
    stripe.account().billing().cancel(subscription);
    notice("subscription-notices", subscriptionNotice(customer)).body("result", equalTo("APPLIED"));

    report(tenant, 1).statusCode(502);
    renew("cancelled by mistake").statusCode(204);
    clock.advance(Duration.ofMinutes(5));
    report(tenant, 1).statusCode(200);

    assertThat(account("stripe_subscription_id")).startsWith("sub_").isNotEqualTo(subscription);
    assertThat(stripe.account().metered(customer)).containsExactly(24L);
    assertThat(audited()).contains("subscription_state_changed", "subscription_renewed");
  }

  @Test
  void billsWhatTheEndedSubscriptionWasToldAndNeverInvoicedOnce() {
    file(tenant, theHourBefore()).statusCode(200);
    report(tenant, 1).statusCode(200);
    JsonObject invoice =
        stripe.account().billing().endPeriod(customer, hour().minusSeconds(3600), hour());
    stripe.account().billing().finalizeInvoice(invoice.getString("id"));
    file(
            tenant,
            lastHour()
                .replace("\"first_seq\":1,\"last_seq\":9", "\"first_seq\":10,\"last_seq\":18"))
        .statusCode(200);
    long lost =
        ((Number) report(tenant, 2).statusCode(200).extract().path("reported.quantity_cents"))
            .longValue();
    assertThat(stripe.account().metered(customer)).hasSize(2);
    stripe.account().billing().cancel(subscription);
    notice("subscription-notices", subscriptionNotice(customer));

    stripe.trip(
        "POST /v1/invoiceitems",
        false,
        () -> {
          stripe.fail(Fault.CUT_AFTER_WORK, Fault.CUT_AFTER_WORK, Fault.CUT_AFTER_WORK);
          return true;
        });
    renew("cancelled by mistake").statusCode(502);
    renew("cancelled by mistake").statusCode(204);

    assertThat(stripe.account().objects("ii_"))
        .extracting(item -> item.getLong("amount"))
        .containsExactly(lost);
  }

  @Test
  void adoptsAPaymentMethodWhoeverComesBack() {
    page("cs_1", 1_795_946_400, "pm_card");

    notice("checkout-notices", checkout("cs_1")).body("result", equalTo("APPLIED"));

    assertThat(paysWith()).isEqualTo("pm_card");
    assertThat(account("payment_method_at")).isNotNull();
  }

  @Test
  void paysWithWhatWasGivenOnTheNewestPageWhateverIsToldLast() {
    page("cs_a", 1_795_946_400, "pm_a");
    page("cs_b", 1_795_946_460, "pm_b");
    notice("checkout-notices", checkout("cs_a")).body("result", equalTo("APPLIED"));
    notice("checkout-notices", checkout("cs_b")).body("result", equalTo("APPLIED"));

    notice("checkout-notices", checkout("cs_a")).body("result", equalTo("UNCHANGED"));
    adminOf(tenant).post("/v1/billing/payment-method/cs_a/adoption").then().statusCode(409);

    assertThat(paysWith()).isEqualTo("pm_b");
  }

  @Test
  void leavesWhatTheCustomerChoseAfterwardsWhenAPageIsToldOfAgain() {
    page("cs_a", 1_795_946_400, "pm_a");
    notice("checkout-notices", checkout("cs_a")).body("result", equalTo("APPLIED"));
    JsonObject chosen = stripe.account().object(customer);
    stripe.account().put(chosen.put("invoice_settings[default_payment_method]", "pm_portal"));

    notice("checkout-notices", checkout("cs_a")).body("result", equalTo("UNCHANGED"));
    adminOf(tenant).post("/v1/billing/payment-method/cs_a/adoption").then().statusCode(204);

    assertThat(paysWith()).isEqualTo("pm_portal");
  }

  @Test
  void remembersUsageThatTheMeterRefusedAndBillsItOtherwise() {
    file(tenant, lastHour()).statusCode(200);
    String hash = report(tenant, 1).statusCode(200).extract().path("usage_hash");
    JsonObject thin =
        StripeEvents.thin("v1.billing.meter.error_report_triggered", StripeAccount.METER);
    stripe.account().put(StripeEvents.whole(thin, "meter_event_customer_not_found", List.of(hash)));
    String event = thin.getString("id");
    String fault =
        "{\"event_id\":\"%s\",\"type\":\"%s\",\"meter_id\":\"mtr_usage\"}"
            .formatted(event, thin.getString("type"));

    notice("meter-faults", fault).body("result", equalTo("APPLIED"));
    notice("meter-faults", fault).body("result", equalTo("UNCHANGED"));
    operator()
        .get("/v1/billing/meter-faults")
        .then()
        .statusCode(200)
        .body("items.event_id", hasItem(event))
        .body("items.find { it.event_id == '%s' }.entries".formatted(event), equalTo(1));

    settle(event, "{\"rebill\":true}").statusCode(400);
    stripe.fail(Fault.RATE_LIMIT, Fault.RATE_LIMIT, Fault.RATE_LIMIT);
    settle(event, "{\"rebill\":true,\"reason\":\"the customer was restored\"}").statusCode(502);
    settle(event, "{\"rebill\":true,\"reason\":\"the customer was restored\"}").statusCode(204);
    settle(event, "{\"rebill\":true,\"reason\":\"again\"}").statusCode(404);

    assertThat(stripe.account().objects("ii_"))
        .extracting(item -> item.getLong("amount"))
        .containsExactly(24L);
    operator().get("/v1/billing/meter-faults").then().body("items.event_id", not(hasItem(event)));
    assertThat(audited()).contains("meter_fault_settled");
    reader(tenant)
        .queryParam("period", hour().toString().substring(0, 7))
        .get("/v1/billing/reconciliation")
        .then()
        .body("checks.find { it.name == 'counted_by_stripe' }.verdict", equalTo("EQUAL"));
  }

  @Test
  void billsNothingOfAFaultAndLeavesItOpenWhileEventsOfItAreUnknown() {
    file(tenant, theHourBefore()).statusCode(200);
    String first = report(tenant, 1).statusCode(200).extract().path("usage_hash");
    file(
            tenant,
            lastHour()
                .replace("\"first_seq\":1,\"last_seq\":9", "\"first_seq\":10,\"last_seq\":18"))
        .statusCode(200);
    String second = report(tenant, 2).statusCode(200).extract().path("usage_hash");
    JsonObject thin =
        StripeEvents.thin("v1.billing.meter.error_report_triggered", StripeAccount.METER);
    JsonObject whole = StripeEvents.whole(thin, "meter_event_customer_not_found", List.of(first));
    whole.getJsonObject("data").getJsonObject("reason").put("error_count", 2);
    stripe.account().put(whole);
    String event = thin.getString("id");
    notice(
        "meter-faults",
        "{\"event_id\":\"%s\",\"type\":\"%s\"}".formatted(event, thin.getString("type")));

    settle(event, "{\"rebill\":true,\"reason\":\"restored\"}")
        .statusCode(409)
        .body("detail", equalTo("2 events were not counted, 1 ledger entries are known of them"));

    assertThat(stripe.account().objects("ii_")).isEmpty();
    operator().get("/v1/billing/meter-faults").then().body("items.event_id", hasItem(event));

    settle(
            event,
            "{\"rebill\":true,\"usage_hashes\":[\"%s\"],\"reason\":\"found\"}".formatted(second))
        .statusCode(204);
    assertThat(stripe.account().objects("ii_")).hasSize(2);
  }

  @Test
  void findsAFailedPaymentWhoseWebhookNeverCame() {
    JsonObject invoice =
        stripe.account().billing().endPeriod(customer, hour(), hour().plusSeconds(3600));
    stripe.account().billing().finalizeInvoice(invoice.getString("id"));
    stripe.account().billing().failPayment(invoice.getString("id"));

    poll().body("accounts", equalTo(1)).body("found", equalTo(1));

    reader(tenant).get("/v1/billing/account").then().body("standing", equalTo("GRACE"));
    poll().body("accounts", equalTo(0));

    stripe.account().billing().pay(invoice.getString("id"));
    clock.advance(Duration.ofMinutes(20));
    poll().body("found", equalTo(1));
    reader(tenant).get("/v1/billing/account").then().body("standing", equalTo("ACTIVE"));
    clock.advance(Duration.ofMinutes(20));
    poll().body("found", equalTo(0));
  }

  @Test
  void aPollKeepsTheLinksThatStripeGaveLastAndCountsThemAsNothingFound() {
    JsonObject invoice =
        stripe.account().billing().endPeriod(customer, hour(), hour().plusSeconds(3600));
    String id = invoice.getString("id");
    poll().body("found", equalTo(1));
    assertThat(shown("number")).isNull();
    assertThat(shown("hosted_invoice_url")).isNull();
    assertThat(Instant.parse(shown("period_start"))).isEqualTo(hour());
    JsonObject open = stripe.account().billing().finalizeInvoice(id);
    clock.advance(Duration.ofMinutes(20));
    poll().body("found", equalTo(1));
    assertThat(shown("number")).isEqualTo(open.getString("number"));
    assertThat(shown("hosted_invoice_url")).isEqualTo(open.getString("hosted_invoice_url"));
    assertThat(shown("invoice_pdf")).isEqualTo(open.getString("invoice_pdf"));

    String fresh = "https://invoice.stripe.com/i/acct_standin/test_fresh?s=ap";
    stripe.account().put(open.put("hosted_invoice_url", fresh));
    clock.advance(Duration.ofMinutes(20));
    poll().body("found", equalTo(0));

    assertThat(shown("hosted_invoice_url")).isEqualTo(fresh);
  }

  @Test
  void looksAtTheInvoicesOfAnAccountWithoutASubscription() {
    Database.tamper(
        "UPDATE accounts SET stripe_subscription_id = NULL WHERE tenant_id = '%s'"
            .formatted(tenant));
    JsonObject invoice =
        stripe.account().billing().endPeriod(customer, hour(), hour().plusSeconds(3600));
    stripe.account().billing().finalizeInvoice(invoice.getString("id"));
    stripe.account().billing().failPayment(invoice.getString("id"));

    poll().body("accounts", equalTo(1)).body("found", equalTo(1));

    reader(tenant).get("/v1/billing/account").then().body("standing", equalTo("GRACE"));
  }

  @Test
  void aPollStopsAtTheFirstFailure() {
    TenantId other = newAccount();
    stripe.fail(Fault.FAILED_BEFORE_WORK, Fault.FAILED_BEFORE_WORK, Fault.FAILED_BEFORE_WORK);

    poll().body("failures", equalTo(1)).body("accounts", equalTo(0));
    poll().body("failures", equalTo(0)).body("accounts", equalTo(1));

    assertThat(other).isNotEqualTo(tenant);
  }

  @Test
  void comparesWhatWasInvoicedWithWhatWasReported() {
    file(tenant, lastHour()).statusCode(200);
    report(tenant, 1).statusCode(200);
    JsonObject invoice =
        stripe.account().billing().endPeriod(customer, hour(), hour().plusSeconds(3600));
    stripe.account().billing().finalizeInvoice(invoice.getString("id"));

    poll().body("found", equalTo(1));

    reader(tenant)
        .queryParam("period", hour().toString().substring(0, 7))
        .get("/v1/billing/reconciliation")
        .then()
        .statusCode(200)
        .body(
            "checks.find { it.name == 'invoiced_cents' }.observed", equalTo("All figures are 24."));
    assertThat(
            Database.column(
                "SELECT invoiced_cents - reported_cents FROM invoices WHERE tenant_id = '%s'"
                    .formatted(tenant)))
        .containsExactly("0");
  }

  @Test
  void comparesAnInvoiceAnewWhenAReportComesAfterItsLinesWereRead() {
    file(tenant, lastHour()).statusCode(200);
    JsonObject invoice =
        stripe.account().billing().endPeriod(customer, hour(), hour().plusSeconds(3600));
    stripe.account().billing().finalizeInvoice(invoice.getString("id"));
    poll().body("found", equalTo(1));
    Database.tamper(
        "INSERT INTO usage_reports (tenant_id, entry_no, cost_nanousd, carried_in_nanousd,"
            + " quantity_cents, carried_out_nanousd, mode, provider_reference, reported_at)"
            + " SELECT tenant_id, entry_no, cost_nanousd, 0, cost_nanousd / 10000000,"
            + " cost_nanousd % 10000000, 'production', 'late', now() FROM usage_ledger"
            + " WHERE tenant_id = '%s'".formatted(tenant));

    clock.advance(Duration.ofMinutes(20));
    poll().body("accounts", equalTo(1));

    assertThat(
            Database.column(
                "SELECT reported_cents - invoiced_cents FROM invoices WHERE tenant_id = '%s'"
                    .formatted(tenant)))
        .containsExactly("24");
  }

  @Test
  void looksAfterInvoicesOfAnAccountWithoutASubscription() {
    Database.tamper(
        "UPDATE accounts SET stripe_subscription_id = NULL WHERE tenant_id = '%s'"
            .formatted(tenant));

    poll().body("accounts", equalTo(1));
  }

  @Test
  void showsWhatKeepsADraftFromBeingFinalised() {
    String body =
        """
        {"event_id":"evt_1","invoice_id":"in_%s","customer_id":"%s","status":"%s",
         "occurred_at":"2026-11-23T10:00:00Z","amount_due_cents":2400,"amount_paid_cents":0,
         "currency":"usd"%s}
        """;
    String problem = ",\"problem\":\"customer_tax_location_invalid\"";
    String id = tenant.toString().replace("-", "");
    notice("invoice-observations", body.formatted(id, customer, "DRAFT", ""));

    notice("invoice-observations", body.formatted(id, customer, "DRAFT", problem))
        .body("result", equalTo("APPLIED"));
    notice("invoice-observations", body.formatted(id, customer, "DRAFT", problem))
        .body("result", equalTo("UNCHANGED"));

    reader(tenant)
        .get("/v1/billing/invoices")
        .then()
        .body("items.problem", hasItem("customer_tax_location_invalid"));
    notice("invoice-observations", body.formatted(id, customer, "OPEN", ""))
        .body("result", equalTo("APPLIED"));
    notice("invoice-observations", body.formatted(id, customer, "DRAFT", problem))
        .body("result", equalTo("UNCHANGED"));
    reader(tenant).get("/v1/billing/invoices").then().body("items.problem", hasItem((String) null));
  }

  private ValidatableResponse notice(String path, String body) {
    return invoices().body(body).post("/internal/settlement/" + path).then().statusCode(200);
  }

  private void page(String id, long created, String method) {
    stripe
        .account()
        .put(
            new JsonObject()
                .put("id", "seti_" + id)
                .put("object", "setup_intent")
                .put("status", "succeeded")
                .put("payment_method", method));
    stripe
        .account()
        .put(
            new JsonObject()
                .put("id", id)
                .put("object", "checkout.session")
                .put("created", created)
                .put("mode", "setup")
                .put("customer", customer)
                .put("status", "complete")
                .put("setup_intent", "seti_" + id));
  }

  private String checkout(String page) {
    return "{\"event_id\":\"evt_1\",\"session_id\":\"%s\",\"customer_id\":\"%s\"}"
        .formatted(page, customer);
  }

  private String paysWith() {
    return stripe.account().object(customer).getString("invoice_settings[default_payment_method]");
  }

  private static RequestSpecification adminOf(TenantId tenant) {
    return given().header("x-api-key", GateStandIn.admin(tenant)).contentType("application/json");
  }

  @Test
  void aSlowProviderMakesALookShortAndNoFailure() {
    for (int i = 0; i < 4; i++) {
      newAccount();
    }
    stripe.slow(Duration.ofMillis(700));
    int looked =
        poll()
            .body("accounts", allOf(greaterThan(0), lessThan(5)))
            .body("failures", equalTo(0))
            .extract()
            .path("accounts");
    stripe.heal();

    poll().body("accounts", equalTo(5 - looked)).body("failures", equalTo(0));
  }

  private ValidatableResponse poll() {
    return invoices().post("/internal/settlement/invoice-polls").then().statusCode(200);
  }

  private String shown(String member) {
    return reader(tenant)
        .get("/v1/billing/invoices")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .extract()
        .path("items[0]." + member);
  }

  private ValidatableResponse settle(String event, String body) {
    return operator().body(body).post("/v1/billing/meter-faults/{event}/settlement", event).then();
  }

  private ValidatableResponse renew(String reason) {
    return operator()
        .body("{\"reason\":\"%s\"}".formatted(reason))
        .post("/v1/billing/accounts/{tenant}/subscription", tenant.toString())
        .then();
  }

  private String subscriptionNotice(String of) {
    return "{\"event_id\":\"evt_1\",\"subscription_id\":\"%s\",\"customer_id\":\"%s\"}"
        .formatted(subscription, of);
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

  private static Instant hour() {
    return Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
  }

  private String theHourBefore() {
    return draft(tenant, 10, 1, 9, 234)
        .replace("2026-11-23T10:00:00Z", hour().minusSeconds(3600).toString())
        .replace("2026-11-23T11:00:00Z", hour().toString());
  }

  private String lastHour() {
    return draft(tenant, 10, 1, 9, 234)
        .replace("2026-11-23T10:00:00Z", hour().toString())
        .replace("2026-11-23T11:00:00Z", hour().plusSeconds(3600).toString());
  }
}
