package dev.nofate.billing.stripe;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.invoices;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.operator;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.reconcile.UnbilledGauge;
import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.ShiftedClock;
import dev.nofate.billing.time.BillingMonth;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.stripe.StripeAccount;
import dev.nofate.stripe.StripeEvents;
import dev.nofate.stripe.StripeStandIn;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money that was told to Stripe and stands still. */
@QuarkusTest
@BillingParts
@TestProfile(StripeProfile.class)
class UnbilledGaugeIT {

  private static final Duration TWO_MONTHS = Duration.ofDays(62);

  @Inject ShiftedClock clock;
  @Inject UnbilledGauge gauge;
  StripeStandIn stripe;

  private final Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
  private TenantId tenant;
  private String customer;

  @BeforeEach
  void anAccount() {
    stripe.reset();
    // What other tests left is of no account of Stripe's.
    Database.tamper(
        "UPDATE accounts SET invoices_polled_at = now() + interval '1 year', realm = 'MOCK'"
            + " WHERE stripe_customer_id <> 'cus_operator'");
    tenant = newAccount();
    customer = account("stripe_customer_id");
  }

  @AfterEach
  void backToThePresent() {
    clock.reset();
    assertThat(stripe.refusals()).isEmpty();
  }

  @Test
  void countsWhatWasReportedOnceItsMonthIsOverForADayAndNoInvoiceIsThere() {
    entry(1, end.minusSeconds(3600));

    later(endOfTheMonth().plus(Duration.ofHours(23)));
    assertThat(cents()).isZero();
    later(endOfTheMonth().plus(Duration.ofHours(25)));
    assertThat(cents()).isEqualTo(24);
  }

  @Test
  void countsNothingThatALineOfAnInvoiceCovers() {
    entry(1, end.minusSeconds(3600));
    later(endOfTheMonth().plus(Duration.ofHours(25)));
    assertThat(cents()).isEqualTo(24);

    invoice(end.minusSeconds(3600), end);

    assertThat(cents()).isZero();
    clock.advance(TWO_MONTHS);
    assertThat(cents()).isZero();
  }

  @Test
  void countsWhatLinesLeaveOutBeforeBetweenAndBehindThem() {
    for (int no = 1; no <= 5; no++) {
      entry(no, end.minus(Duration.ofHours(6 - no)));
    }
    later(endOfTheMonth().plus(Duration.ofHours(25)));
    double all = cents();

    invoice(end.minus(Duration.ofHours(4)), end.minus(Duration.ofHours(3)));
    invoice(end.minus(Duration.ofHours(2)), end.minus(Duration.ofHours(1)));

    assertThat(cents()).isEqualTo(all - reported(2) - reported(4)).isPositive();
  }

  @Test
  void countsAnItemOnceTheMonthThatItWasAddedInIsOverUntilAnInvoiceHasIt() {
    entry(1, end.minusSeconds(3600));
    later(endOfTheMonth().plus(Duration.ofHours(25)));
    assertThat(cents()).isEqualTo(24);
    stripe.account().billing().cancel(account("stripe_subscription_id"));
    notice(
        "subscription-notices",
        "{\"event_id\":\"evt_1\",\"subscription_id\":\"%s\",\"customer_id\":\"%s\"}"
            .formatted(account("stripe_subscription_id"), customer));
    operator()
        .body("{\"reason\":\"cancelled by mistake\"}")
        .post("/v1/billing/accounts/{tenant}/subscription", tenant.toString())
        .then()
        .statusCode(204);

    assertThat(cents()).as("its invoice is yet to come").isZero();
    clock.advance(TWO_MONTHS);
    assertThat(cents()).as("its invoice never came").isEqualTo(24);
    invoice(end, end.plusSeconds(3600));
    assertThat(cents()).isZero();
  }

  @Test
  void countsUsageThatTheMeterRefusedOnceAsAnItem() {
    String hash = entry(1, end.minusSeconds(3600));
    fault("evt_" + id(), hash, null);
    String event = "evt_" + id();
    fault(event, hash, true);

    later(endOfTheMonth().plus(Duration.ofHours(25)));
    assertThat(cents()).isEqualTo(24);
    invoice(end.minusSeconds(3600), end);
    assertThat(cents()).isZero();
  }

  @Test
  void leavesUsageThatTheMeterRefusedToItsFaultAndToWhoeverSettledIt() {
    String hash = entry(1, end.minusSeconds(3600));
    String event = "evt_" + id();
    fault(event, hash, null);
    clock.advance(TWO_MONTHS);
    assertThat(cents()).isZero();

    settle(event, false);
    assertThat(cents()).isZero();
  }

  @Test
  void countsNothingThatWasToldToNobody() {
    file(tenant, hourFrom(1, end.minusSeconds(3600))).statusCode(200);
    Database.tamper(
        "INSERT INTO usage_reports (tenant_id, entry_no, cost_nanousd, carried_in_nanousd,"
            + " quantity_cents, carried_out_nanousd, mode, provider_reference, reported_at)"
            + " SELECT tenant_id, entry_no, cost_nanousd, 0, cost_nanousd / 10000000,"
            + " cost_nanousd % 10000000, 'mock', 'told to nobody', now() FROM usage_ledger"
            + " WHERE tenant_id = '%s'".formatted(tenant));

    clock.advance(TWO_MONTHS);
    assertThat(cents()).isZero();
  }

  @Test
  void anInvoiceThatWasVoidedBeforeItWasLookedAtDidBill() {
    entry(1, end.minusSeconds(3600));
    JsonObject draft = stripe.account().billing().endPeriod(customer, end.minusSeconds(3600), end);
    JsonObject open = stripe.account().billing().finalizeInvoice(draft.getString("id"));
    stripe.account().put(open.copy().put("status", "void"));
    poll();

    clock.advance(TWO_MONTHS);
    assertThat(cents()).isZero();
  }

  private Instant endOfTheMonth() {
    return BillingMonth.of(end.minusNanos(1)).to();
  }

  /** Puts the clock to a time. */
  private void later(Instant to) {
    clock.reset();
    clock.advance(Duration.between(Instant.now(), to));
  }

  private String entry(long no, Instant from) {
    file(tenant, hourFrom(no, from)).statusCode(200);
    return report(tenant, no).statusCode(200).extract().path("usage_hash");
  }

  private String hourFrom(long no, Instant from) {
    return draft(tenant, 10, 9 * no - 8, 9 * no, 234)
        .replace("2026-11-23T10:00:00Z", from.toString())
        .replace("2026-11-23T11:00:00Z", from.plusSeconds(3600).toString());
  }

  private long reported(long no) {
    return Long.parseLong(
        Database.column(
                "SELECT quantity_cents FROM usage_reports WHERE tenant_id = '%s' AND entry_no = %d"
                    .formatted(tenant, no))
            .get(0));
  }

  private void invoice(Instant from, Instant to) {
    JsonObject draft = stripe.account().billing().endPeriod(customer, from, to);
    stripe.account().billing().finalizeInvoice(draft.getString("id"));
    poll();
  }

  private void poll() {
    Database.tamper(
        "UPDATE accounts SET invoices_polled_at = NULL WHERE tenant_id = '%s'".formatted(tenant));
    invoices().post("/internal/settlement/invoice-polls").then().statusCode(200);
  }

  private void fault(String event, String hash, Boolean rebill) {
    JsonObject thin =
        StripeEvents.thin("v1.billing.meter.error_report_triggered", StripeAccount.METER)
            .put("id", event);
    stripe.account().put(StripeEvents.whole(thin, "meter_event_customer_not_found", List.of(hash)));
    notice(
        "meter-faults",
        "{\"event_id\":\"%s\",\"type\":\"%s\"}".formatted(event, thin.getString("type")));
    if (rebill != null) {
      settle(event, rebill);
    }
  }

  private static void settle(String event, boolean rebill) {
    operator()
        .body("{\"rebill\":%s,\"reason\":\"looked up\"}".formatted(rebill))
        .post("/v1/billing/meter-faults/{event}/settlement", event)
        .then()
        .statusCode(204);
  }

  private static void notice(String path, String body) {
    invoices().body(body).post("/internal/settlement/" + path).then().statusCode(200);
  }

  private String account(String column) {
    return Database.column(
            "SELECT %s FROM accounts WHERE tenant_id = '%s'".formatted(column, tenant))
        .get(0);
  }

  private double cents() {
    gauge.read();
    String name = "nofate_billing_unbilled_cents ";
    return RestAssured.get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }

  private static String id() {
    return java.util.UUID.randomUUID().toString().replace("-", "");
  }
}
