package dev.nofate.system.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.stripe.StripeEvents;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A customer's life with Stripe's production mode, from the first evaluation to the last cent. */
@SuiteTest
class MoneyStoryIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration REACHES_THE_GATE = Duration.ofSeconds(5);

  private static StripeWorld world;

  @BeforeAll
  static void withStripe(Suite suite) {
    world = new StripeWorld(suite);
  }

  @AfterAll
  static void withoutStripe() {
    world.close();
  }

  @Test
  void fromOnboardingToAReconciledMonthWithLateUsage(Suite suite) {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
    Tenant tenant = onboard(suite);
    String customer = tenant.account("stripe_customer_id");
    for (int i = 0; i < 8; i++) {
      tenant.evaluate(Proposals.transfer(i * 1000)).then().statusCode(200);
    }
    everythingIsReported(tenant, 8);
    assertThat(metered(customer)).isEqualTo(cents(tenant)).isPositive();

    Instant firstEnd = endOfPeriod();
    String first = anUnpaidInvoiceSuspends(tenant, customer, start, firstEnd);
    tenant.request().post("/v1/billing/portal").then().statusCode(201);
    aPaymentReactivates(tenant, first);

    Instant secondEnd = lateUsageBecomesAnItem(suite, tenant, customer, firstEnd);
    missedWebhooksAreFound(tenant, customer, secondEnd);
    aUsageThatTheMeterRefusedIsKnown(suite, tenant);

    everythingIsReconciled(tenant);
    everythingIsAudited(tenant);
    assertThat(world.stripe.refusals()).isEmpty();
  }

  private static Tenant onboard(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    JsonObject subscription = world.subscriptionOf(tenant);
    String customer = tenant.account("stripe_customer_id");
    tenant
        .request()
        .post("/v1/billing/payment-method")
        .then()
        .statusCode(201)
        .body("url", containsString("cs_"));
    JsonObject page =
        world.account().objects("cs_").stream()
            .filter(one -> customer.equals(one.getString("customer")))
            .findFirst()
            .orElseThrow();
    JsonObject intent =
        new JsonObject()
            .put("id", "seti_" + customer)
            .put("object", "setup_intent")
            .put("status", "succeeded")
            .put("payment_method", "pm_card");
    world.account().put(intent);
    world.account().put(page.put("status", "complete").put("setup_intent", intent.getString("id")));
    world.tell(
        "checkout.session.completed", page.copy().put("payment_status", "no_payment_required"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                "pm_card"
                    .equals(
                        world
                            .account()
                            .object(customer)
                            .getString("invoice_settings[default_payment_method]")));
    world.tell("customer.subscription.updated", subscription);
    await().atMost(PATIENCE).until(() -> tenant.account("subscription_status"), "active"::equals);
    return tenant;
  }

  private static String anUnpaidInvoiceSuspends(
      Tenant tenant, String customer, Instant start, Instant end) {
    JsonObject draft = world.billing().endPeriod(customer, start, end);
    String id = draft.getString("id");
    // The poll looks as well: each state is there until somebody has seen it.
    world.tell("invoice.created", draft);
    invoiceIsAudited(tenant, id, "DRAFT");
    world.tell("invoice.finalized", world.billing().finalizeInvoice(id));
    invoiceIsAudited(tenant, id, "OPEN");
    world.tell("invoice.payment_failed", world.billing().failPayment(id));
    // The grace in between is in the log, however late the test looks.
    standing(tenant, "SUSPENDED");
    gate(tenant, 402);
    invoiceIsAudited(tenant, id, "PAYMENT_FAILED");
    return id;
  }

  private static void aPaymentReactivates(Tenant tenant, String invoice) {
    world.tell("invoice.paid", world.billing().pay(invoice));
    gate(tenant, 200);
    standing(tenant, "ACTIVE");
    invoiceIsAudited(tenant, invoice, "PAID");
  }

  /** The worker is away at the end of the month; what it reports afterwards is an item. */
  private static Instant lateUsageBecomesAnItem(
      Suite suite, Tenant tenant, String customer, Instant start) {
    suite.kill("meter-worker");
    for (int i = 0; i < 3; i++) {
      tenant.evaluate(Proposals.transfer(i)).then().statusCode(200);
    }
    Instant end = endOfPeriod();
    JsonObject draft = world.billing().endPeriod(customer, start, end);
    String id = draft.getString("id");
    world.tell("invoice.finalized", world.billing().finalizeInvoice(id));
    world.tell("invoice.paid", world.billing().pay(id));
    world.up();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                world.account().objects("ii_").stream()
                    .anyMatch(item -> customer.equals(item.getString("customer"))));
    return end;
  }

  /** Nobody tells of the third invoice: the poll finds that it failed, and that it was paid. */
  private static void missedWebhooksAreFound(Tenant tenant, String customer, Instant start) {
    int evaluations = tenant.events("usage_recorded").size();
    everythingIsReported(tenant, evaluations);
    JsonObject invoice = world.billing().endPeriod(customer, start, endOfPeriod());
    String id = invoice.getString("id");
    world.billing().finalizeInvoice(id);
    world.billing().failPayment(id);
    await().atMost(PATIENCE).until(tenant::standing, now -> !now.equals("ACTIVE"));
    world.billing().pay(id);
    standing(tenant, "ACTIVE");
  }

  private static void aUsageThatTheMeterRefusedIsKnown(Suite suite, Tenant tenant) {
    JsonObject thin = StripeEvents.thin("v1.billing.meter.no_meter_found", null);
    world.account().put(StripeEvents.whole(thin, "no_meter", List.of("of somebody else")));
    world.tell(thin);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                suite
                    .operator()
                    .get("/v1/billing/meter-faults")
                    .asString()
                    .contains(thin.getString("id")));
    suite
        .operator()
        .body("{\"rebill\":false,\"reason\":\"not ours\"}")
        .post("/v1/billing/meter-faults/" + thin.getString("id") + "/settlement")
        .then()
        .statusCode(204);
  }

  private static void everythingIsReconciled(Tenant tenant) {
    String month = tenant.ledger().get(0).get("period_start").textValue().substring(0, 7);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode reconciled = tenant.reconciliation(month);
              assertThat(reconciled.get("verdict").textValue())
                  .as(reconciled.toPrettyString())
                  .isEqualTo("EQUAL");
              assertThat(reconciled.findValuesAsText("name")).contains("log_end");
            });
  }

  private static void everythingIsAudited(Tenant tenant) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<String> standings =
                  tenant.events("standing_changed").stream()
                      .map(event -> event.at("/payload/to").textValue())
                      .toList();
              assertThat(standings)
                  .startsWith("GRACE", "SUSPENDED", "ACTIVE", "GRACE")
                  .endsWith("ACTIVE");
              assertThat(tenant.events("usage_reported")).hasSize(tenant.ledger().size());
            });
    assertThat(tenant.verdict()).isInstanceOf(Verdict.Valid.class);
  }

  /**
   * Waits for one state of an invoice. An event has the worker look at what the invoice is now, so
   * a state that Stripe has left by then is never seen: the next one is told of behind this.
   */
  private static void invoiceIsAudited(Tenant tenant, String invoice, String state) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(tenant.events("invoice_state_changed"))
                    .filteredOn(event -> invoice.equals(event.at("/payload/invoice_id").asText()))
                    .extracting(event -> event.at("/payload/to").textValue())
                    .contains(state));
  }

  /** Waits until the metering period that runs now has ended. */
  private static Instant endOfPeriod() {
    long period = StripeWorld.PERIOD.toSeconds();
    Instant end = Instant.ofEpochSecond((Instant.now().getEpochSecond() / period + 1) * period);
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(end));
    return end;
  }

  private static void everythingIsReported(Tenant tenant, int evaluations) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              List<JsonNode> ledger = tenant.ledger();
              return ledger.stream().allMatch(entry -> !entry.get("reported").isNull())
                  && ledger.stream().mapToInt(entry -> entry.at("/units/evaluations").asInt()).sum()
                      == evaluations;
            });
  }

  private static long metered(String customer) {
    return world.account().metered(customer).stream().mapToLong(Long::longValue).sum();
  }

  private static long cents(Tenant tenant) {
    return tenant.ledger().stream()
        .mapToLong(entry -> entry.at("/reported/quantity_cents").asLong())
        .sum();
  }

  private static void standing(Tenant tenant, String expected) {
    await().atMost(PATIENCE).until(tenant::standing, expected::equals);
  }

  private static void gate(Tenant tenant, int status) {
    await()
        .atMost(REACHES_THE_GATE)
        .until(() -> tenant.evaluate(Proposals.transfer(1)).statusCode() == status);
  }
}
