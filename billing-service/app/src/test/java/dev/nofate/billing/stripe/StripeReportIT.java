package dev.nofate.billing.stripe;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.operator;
import static dev.nofate.billing.standin.Calls.reader;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.GateStandIn;
import dev.nofate.billing.standin.ShiftedClock;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.stripe.StripeStandIn;
import dev.nofate.stripe.StripeStandIn.Fault;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@BillingParts
@TestProfile(StripeProfile.class)
class StripeReportIT {

  private static final String METER_EVENTS = "POST /v1/billing/meter_events";
  private static final Duration A_DAY = Duration.ofHours(24);

  @Inject ShiftedClock clock;
  StripeStandIn stripe;

  private TenantId tenant;
  private String customer;

  @BeforeEach
  void fileAnEntry() {
    stripe.reset();
    tenant = newAccount();
    customer = account("stripe_customer_id");
    file(tenant, lastHour()).statusCode(200);
  }

  @AfterEach
  void backToThePresent() {
    clock.reset();
    assertThat(stripe.refusals()).isEmpty();
  }

  @Test
  void makesACustomerWithASubscriptionOnTheMeteredPrice() {
    assertThat(stripe.account().objects("cus_"))
        .extracting(one -> one.getJsonObject("metadata").getString("tenant_id"))
        .containsExactly(tenant.toString());
    assertThat(stripe.account().objects("sub_"))
        .extracting(one -> one.getString("customer"))
        .containsExactly(customer);
    assertThat(account("stripe_subscription_id")).startsWith("sub_");
  }

  @Test
  void tellsTheMeterWholeCentsUnderTheUsageHash() {
    String hash =
        report(tenant, 1)
            .statusCode(200)
            .body("reported.mode", equalTo("production"))
            .extract()
            .path("usage_hash");

    JsonObject event = stripe.account().meterEvents().get(0);
    assertThat(event.getString("identifier")).isEqualTo(hash).hasSizeLessThanOrEqualTo(100);
    assertThat(event.getLong("value")).isEqualTo(24);
    assertThat(event.getString("event_name")).isEqualTo("no_fate_cents");
    assertThat(Instant.ofEpochSecond(event.getLong("timestamp")))
        .isEqualTo(hour().plusSeconds(3599));
  }

  @ParameterizedTest
  @EnumSource
  void billsOnceWhateverGoesWrongOnTheWay(Fault fault) {
    stripe.fail(fault, fault, fault, fault, fault, fault, fault, fault);

    await().atMost(Duration.ofSeconds(60)).until(() -> isReported(1));

    assertThat(stripe.account().metered(customer)).containsExactly(24L);
  }

  @Test
  void billsOnceForWorkersAtTheSameTime() {
    List<Integer> answers = Concurrently.run(8, () -> report(tenant, 1).extract().statusCode());

    assertThat(answers).contains(200).isSubsetOf(200, 409);
    assertThat(stripe.requests(METER_EVENTS)).hasSize(1);
    assertThat(stripe.account().metered(customer)).containsExactly(24L);
  }

  @Test
  void takesTheRefusalOfAKnownIdentifierAsDelivered() {
    report(tenant, 1).statusCode(200);
    Database.tamper(
        "ALTER TABLE usage_reports DISABLE TRIGGER ALL; DELETE FROM usage_reports WHERE tenant_id ="
            + " '%s'; ALTER TABLE usage_reports ENABLE TRIGGER ALL".formatted(tenant));
    stripe.forgetKeys();
    clock.advance(Duration.ofMinutes(5));

    report(tenant, 1).statusCode(200);

    assertThat(stripe.requests(METER_EVENTS)).hasSize(2);
    assertThat(stripe.account().metered(customer)).containsExactly(24L);
  }

  @Test
  void findsInTheMetersSumsWhatArrivedMoreThanADayAgo() {
    loseTheAnswer(Fault.FAILED_AFTER_WORK);
    long asked = stripe.requests(METER_EVENTS).size();
    stripe.forgetTheDayBefore();
    clock.advance(A_DAY);

    report(tenant, 1).statusCode(200);

    assertThat(stripe.requests(METER_EVENTS)).hasSize((int) asked);
    assertThat(stripe.account().metered(customer)).containsExactly(24L);
  }

  @Test
  void sendsAgainAfterADayWhatTheMeterDoesNotHave() {
    loseTheAnswer(Fault.FAILED_BEFORE_WORK);
    stripe.forgetTheDayBefore();
    clock.advance(A_DAY);

    report(tenant, 1).statusCode(200);

    assertThat(stripe.account().metered(customer)).containsExactly(24L);
  }

  @Test
  void holdsWhatTheMetersSumsDoNotSettle() {
    loseTheAnswer(Fault.FAILED_BEFORE_WORK);
    stripe.forgetTheDayBefore();
    stripe.account().meterElsewhere(customer, 7, hour().plusSeconds(3590));
    clock.advance(A_DAY);

    report(tenant, 1).statusCode(409).body("detail", containsString("held"));
    report(tenant, 1).statusCode(409);
    operator()
        .get("/v1/billing/held-reports")
        .then()
        .statusCode(200)
        .body("items.tenant_id", hasItem(tenant.toString()));

    settle(true).statusCode(204);

    report(tenant, 1).statusCode(200).body("reported.quantity_cents", equalTo(24));
    operator()
        .get("/v1/billing/held-reports")
        .then()
        .body("items.tenant_id", not(hasItem(tenant.toString())));
    assertThat(stripe.account().metered(customer)).containsExactly(7L);
    assertThat(audited()).contains("report_settled");
  }

  @Test
  void sendsAHeldReportThatAnOperatorKnowsToBeMissing() {
    loseTheAnswer(Fault.FAILED_BEFORE_WORK);
    stripe.forgetTheDayBefore();
    stripe.account().meterElsewhere(customer, 7, hour().plusSeconds(3590));
    clock.advance(A_DAY);
    report(tenant, 1).statusCode(409);

    settle(false).statusCode(204);
    clock.advance(Duration.ofMinutes(5));

    report(tenant, 1).statusCode(200);
    assertThat(stripe.account().metered(customer)).containsExactly(7L, 24L);
  }

  @Test
  void settlesOnlyWhatIsHeld() {
    settle(true).statusCode(404);
    settle("{\"delivered\":true}").statusCode(400);
    settle("{\"reason\":\"seen\"}").statusCode(400);
  }

  @Test
  void addsAnInvoiceItemOnceThePeriodsInvoiceIsPast() {
    stripe.account().startPeriod(Instant.now());

    report(tenant, 1).statusCode(200);

    assertThat(stripe.account().metered(customer)).isEmpty();
    assertThat(stripe.account().objects("ii_"))
        .extracting(item -> item.getLong("amount"))
        .containsExactly(24L);
  }

  @Test
  void metersIntoTheDraftOfThePeriodBeforeWhileItIsOpen() {
    stripe.account().startPeriod(Instant.now());
    draftUntil(Instant.now().plus(Duration.ofMinutes(40)));

    report(tenant, 1).statusCode(200);

    assertThat(stripe.account().metered(customer)).containsExactly(24L);
  }

  @Test
  void addsAnInvoiceItemWhenTheDraftIsAboutToBeFinalised() {
    stripe.account().startPeriod(Instant.now());
    draftUntil(Instant.now().plus(Duration.ofMinutes(9)));

    report(tenant, 1).statusCode(200);

    assertThat(stripe.account().metered(customer)).isEmpty();
    assertThat(stripe.account().objects("ii_")).hasSize(1);
  }

  @Test
  void findsTheInvoiceItemWhoseAnswerWasLost() {
    stripe.account().startPeriod(Instant.now());
    report(tenant, 1).statusCode(200);
    Database.tamper(
        "ALTER TABLE usage_reports DISABLE TRIGGER ALL; DELETE FROM usage_reports WHERE tenant_id ="
            + " '%s'; ALTER TABLE usage_reports ENABLE TRIGGER ALL".formatted(tenant));
    stripe.forgetTheDayBefore();
    clock.advance(A_DAY);

    report(tenant, 1).statusCode(200);

    assertThat(stripe.account().objects("ii_")).hasSize(1);
    assertThat(stripe.requests("POST /v1/invoiceitems")).hasSize(1);
  }

  @Test
  void anEventInDoubtIsNotSentBehindItsInvoice() {
    loseTheAnswer(Fault.FAILED_BEFORE_WORK);
    stripe.account().startPeriod(Instant.now());
    pass(Duration.ofHours(2));

    report(tenant, 1).statusCode(200);

    assertThat(stripe.account().metered(customer)).isEmpty();
    assertThat(amounts()).containsExactly(24L);
  }

  @Test
  void anEventInDoubtBecomesNoItemWhileTheMetersSumsMayBeBehind() {
    stripe.account().delaySummaries(Duration.ofMinutes(50));
    loseTheAnswer(Fault.FAILED_AFTER_WORK);
    stripe.account().startPeriod(Instant.now());

    pass(Duration.ofMinutes(40));
    report(tenant, 1).statusCode(409).body("code", equalTo("IN_PROGRESS"));
    pass(Duration.ofMinutes(30));
    report(tenant, 1).statusCode(200);

    assertThat(stripe.account().metered(customer)).containsExactly(24L);
    assertThat(amounts()).isEmpty();
  }

  @Test
  void theMetersSumsAreNotAskedForWhatWasSentMinutesAgo() {
    stripe.account().delaySummaries(Duration.ofMinutes(50));
    loseTheAnswer(Fault.FAILED_BEFORE_WORK);
    pass(Duration.ofMinutes(22 * 60 + 50));
    loseTheAnswer(Fault.CUT_AFTER_WORK);
    stripe.account().startPeriod(Instant.now());
    pass(Duration.ofMinutes(15));

    report(tenant, 1).statusCode(409).body("code", equalTo("IN_PROGRESS"));
    pass(Duration.ofMinutes(50));
    report(tenant, 1).statusCode(200);

    assertThat(stripe.account().metered(customer)).containsExactly(24L);
    assertThat(amounts()).isEmpty();
  }

  @Test
  void aFailureThatStripeRemembersKeepsAnEventWaitingForTheNextAttemptOnly() {
    loseTheAnswer(Fault.FAILED_BEFORE_WORK);
    pass(Duration.ofMinutes(5));

    report(tenant, 1).statusCode(200);

    assertThat(stripe.account().metered(customer)).containsExactly(24L);
  }

  @Test
  void anItemThatStripeFailedAtIsTheSameCallUntilItIsKnownNotToBeThere() {
    stripe.account().startPeriod(Instant.now());
    stripe.fail("POST /v1/invoiceitems", Fault.FAILED_BEFORE_WORK, 1);
    report(tenant, 1).statusCode(502);

    pass(Duration.ofHours(22));
    report(tenant, 1).statusCode(502);
    assertThat(amounts()).isEmpty();
    pass(Duration.ofHours(3));
    report(tenant, 1).statusCode(200);

    assertThat(amounts()).containsExactly(24L);
  }

  @Test
  void anItemThatStripeFailedAtAfterAllIsFound() {
    stripe.account().startPeriod(Instant.now());
    stripe.fail("POST /v1/invoiceitems", Fault.FAILED_AFTER_WORK, 1);
    report(tenant, 1).statusCode(502);
    pass(Duration.ofMinutes(5));

    report(tenant, 1).statusCode(200);

    assertThat(amounts()).containsExactly(24L);
  }

  @Test
  void anAttemptThatWasOvertakenChangesNothingAnyMore() {
    stripe.fail(METER_EVENTS, Fault.RATE_LIMIT, 3);
    stripe.trip(
        METER_EVENTS,
        false,
        () -> {
          Database.tamper(
              "UPDATE report_attempts SET attempts = attempts + 1, not_before = '2099-01-01'"
                  + " WHERE tenant_id = '%s'".formatted(tenant));
          return true;
        });

    report(tenant, 1).statusCode(502);

    assertThat(
            Database.column(
                ("SELECT channel || ' ' || extract(year FROM not_before) FROM report_attempts"
                        + " WHERE tenant_id = '%s'")
                    .formatted(tenant)))
        .containsExactly("METER_EVENT 2099");
  }

  @Test
  void reportsNothingIntoASubscriptionWhoseEndNobodyTold() {
    stripe.account().billing().cancel(account("stripe_subscription_id"));

    report(tenant, 1).statusCode(502).body("detail", containsString("has ended"));

    assertThat(stripe.account().metered(customer)).isEmpty();
    assertThat(account("subscription_status")).isEqualTo("canceled");
    assertThat(audited()).containsExactly("subscription_state_changed");
  }

  @Test
  void sendsAnEventInDoubtIntoNoSubscriptionThatEnded() {
    loseTheAnswer(Fault.FAILED_BEFORE_WORK);
    stripe.account().billing().cancel(account("stripe_subscription_id"));

    pass(Duration.ofMinutes(5));
    report(tenant, 1).statusCode(409);
    pass(Duration.ofHours(1));
    report(tenant, 1).statusCode(502);
    assertThat(stripe.account().metered(customer)).isEmpty();

    renew();
    stripe.account().startPeriod(Instant.now());
    pass(Duration.ofMinutes(5));
    report(tenant, 1).statusCode(200);
    assertThat(amounts()).containsExactly(24L);
  }

  @Test
  void holdsWhatWasMeteredForASubscriptionThatWasReplacedSince() {
    loseTheAnswer(Fault.FAILED_AFTER_WORK);
    stripe.account().billing().cancel(account("stripe_subscription_id"));
    pass(Duration.ofMinutes(5));
    report(tenant, 1).statusCode(409);
    renew();
    pass(Duration.ofHours(1));

    report(tenant, 1).statusCode(409).body("detail", containsString("held"));

    settle(false).statusCode(204);
    stripe.account().startPeriod(Instant.now());
    pass(Duration.ofMinutes(5));
    report(tenant, 1).statusCode(200);
    assertThat(amounts()).containsExactly(24L);
  }

  @Test
  void reportsNothingThatTheSubscriptionsPriceDoesNotBill() {
    stripe.account().billAnotherMeter();

    report(tenant, 1).statusCode(502).body("detail", containsString("price"));

    assertThat(stripe.account().metered(customer)).isEmpty();
    assertThat(amounts()).isEmpty();
  }

  @Test
  void opensStripesPagesForTheCustomer() {
    adminOf(tenant)
        .post("/v1/billing/payment-method")
        .then()
        .statusCode(201)
        .body("url", containsString("https://pages.invalid/cs_"));
    adminOf(tenant)
        .post("/v1/billing/portal")
        .then()
        .statusCode(201)
        .body("url", containsString("https://pages.invalid/bps_"));
    assertThat(stripe.account().objects("cs_"))
        .extracting(page -> page.getString("mode"), page -> page.getString("customer"))
        .containsExactly(tuple("setup", customer));
    reader(tenant).post("/v1/billing/portal").then().statusCode(403);
  }

  @Test
  void paysInvoicesWithThePaymentMethodOfACompletedPage() {
    page("cs_done", customer, "complete");
    page("cs_open", customer, "open");
    page("cs_foreign", "cus_somebody", "complete");

    adopt("cs_done", 204);

    JsonObject paying = stripe.account().objects(customer).get(0);
    assertThat(paying.getString("invoice_settings[default_payment_method]")).isEqualTo("pm_card");
    adopt("cs_open", 404);
    adopt("cs_foreign", 404);
    adopt("cs_nothing", 404);
    adopt("nothing", 404);
  }

  private void adopt(String page, int status) {
    adminOf(tenant)
        .post("/v1/billing/payment-method/" + page + "/adoption")
        .then()
        .statusCode(status);
  }

  private void page(String id, String of, String status) {
    stripe
        .account()
        .put(
            new JsonObject()
                .put("id", "seti_1")
                .put("object", "setup_intent")
                .put("status", "succeeded")
                .put("payment_method", "pm_card"));
    stripe
        .account()
        .put(
            new JsonObject()
                .put("id", id)
                .put("created", 1_795_946_400)
                .put("object", "checkout.session")
                .put("mode", "setup")
                .put("customer", of)
                .put("status", status)
                .put("setup_intent", "seti_1"));
  }

  private RequestSpecification adminOf(TenantId tenant) {
    return RestAssured.given().header("x-api-key", GateStandIn.admin(tenant));
  }

  private ValidatableResponse settle(boolean delivered) {
    return settle("{\"delivered\":%s,\"reason\":\"seen in the dashboard\"}".formatted(delivered));
  }

  private ValidatableResponse settle(String body) {
    return operator()
        .body(body)
        .post("/v1/billing/held-reports/{tenant}/1/settlement", tenant.toString())
        .then();
  }

  private void draftUntil(Instant finalisation) {
    stripe
        .account()
        .put(
            new JsonObject()
                .put("id", "in_draft")
                .put("object", "invoice")
                .put("status", "draft")
                .put("period_start", hour().minus(20, ChronoUnit.DAYS).getEpochSecond())
                .put("automatically_finalizes_at", finalisation.getEpochSecond()));
  }

  private void pass(Duration time) {
    clock.advance(time);
    stripe.account().advance(time);
  }

  private void renew() {
    operator()
        .body("{\"reason\":\"cancelled by mistake\"}")
        .post("/v1/billing/accounts/{tenant}/subscription", tenant.toString())
        .then()
        .statusCode(204);
  }

  private List<Long> amounts() {
    return stripe.account().objects("ii_").stream().map(item -> item.getLong("amount")).toList();
  }

  /** All attempts of one report fail so, and nothing else does. */
  private void loseTheAnswer(Fault fault) {
    stripe.fail(METER_EVENTS, fault, 3);
    report(tenant, 1).statusCode(502);
    // A failure that Stripe has stored is not asked for again.
    stripe.heal();
  }

  private boolean isReported(long entry) {
    clock.advance(Duration.ofMinutes(5));
    return report(tenant, entry).extract().statusCode() == 200;
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

  private String lastHour() {
    return draft(tenant, 10, 1, 9, 234)
        .replace("2026-11-23T10:00:00Z", hour().toString())
        .replace("2026-11-23T11:00:00Z", hour().plusSeconds(3600).toString());
  }
}
