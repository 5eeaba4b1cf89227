package dev.nofate.system.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.stripe.StripeEvents;
import dev.nofate.stripe.StripeEvents.ApiVersion;
import dev.nofate.system.money.Tripwires.Step;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The workers are killed at every call they make, and billing-service around its calls to Stripe:
 * processes, and SIGKILL. Where a call has an effect the kill comes behind it, when nobody knows of
 * it; with {@code -Dnofate.kill.both=true} each call is met twice, before and after its effect, as
 * the workers' own tests do in memory. What is left at the end is what an undisturbed run leaves:
 * the ledger is the chain, Stripe has each cent once, the log has each transition once.
 */
@SuiteTest
class MoneyKilledIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final boolean BOTH = Boolean.getBoolean("nofate.kill.both");
  private static final String LEDGER = "/internal/ledger/[^/]+";
  private static final String CHAINS = "/internal/audit/chains";
  private static final String SETTLEMENT = "/internal/settlement";

  private static StripeWorld world;

  @BeforeAll
  static void withStripe(Suite suite) {
    world = new StripeWorld(suite);
  }

  @AfterAll
  static void withoutStripe() {
    world.close();
  }

  /** One kill: how it is armed, and whether it happened. */
  private record Kill(String name, Runnable arm, BooleanSupplier happened) {}

  @Test
  void aWorkerKilledAtAnyStepLeavesTheSameLedger(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    String customer = tenant.account("stripe_customer_id");
    List<Kill> meter = meterKills();
    List<Kill> invoice = invoiceKills();
    List<Kill> stripe = stripeKills();
    Life life = new Life(tenant, customer);
    for (int round = 0; round < Math.max(meter.size(), invoice.size()); round++) {
      List<Kill> armed = new ArrayList<>();
      for (List<Kill> kills : List.of(meter, invoice, stripe)) {
        if (round < kills.size()) {
          armed.add(kills.get(round));
          kills.get(round).arm().run();
        }
      }
      untilAllHappened(armed, life);
    }
    life.deliver();
    exact(tenant, customer, life.answered, life.invoices);
  }

  /** What goes on meanwhile, so that every step comes again: evaluations, and unpaid invoices. */
  private static final class Life {
    private final Tenant tenant;
    private final String customer;
    private int answered;
    private int invoices;
    private int turns;

    Life(Tenant tenant, String customer) {
      this.tenant = tenant;
      this.customer = customer;
    }

    void goOn() {
      // A worker that was away too long has let a grace period end: nothing is answered then.
      if (tenant.evaluate(Proposals.transfer(turns)).statusCode() == 200) {
        answered++;
      }
      if (turns++ % 4 == 0) {
        anInvoiceFailsAndIsPaid("in_killed" + invoices++);
      }
    }

    private void anInvoiceFailsAndIsPaid(String id) {
      world
          .account()
          .put(
              new JsonObject()
                  .put("id", id)
                  .put("object", "invoice")
                  .put("customer", customer)
                  .put("status", "open")
                  .put("collection_method", "charge_automatically")
                  .put("attempted", false)
                  .put("amount_due", 100)
                  .put("amount_paid", 0)
                  .put("currency", "usd")
                  .put("created", Instant.now().getEpochSecond()));
      JsonObject failed = world.billing().failPayment(id);
      JsonObject paid = world.billing().pay(id);
      events.add(StripeEvents.snapshot("invoice.payment_failed", failed, ApiVersion.CLOVER));
      events.add(StripeEvents.snapshot("invoice.paid", paid, ApiVersion.V2024_06_20));
      deliver();
    }

    /** What billing-service did not store is delivered again, as Stripe does. */
    void deliver() {
      events.removeIf(event -> world.suite.webhook(event.encode()) == 200);
    }

    private final List<JsonObject> events = new ArrayList<>();
  }

  /** Whoever was killed is started again, until every step was reached. */
  private static void untilAllHappened(List<Kill> armed, Life life) {
    List<Kill> left = new ArrayList<>(armed);
    while (!left.isEmpty()) {
      List<Kill> waiting = List.copyOf(left);
      Instant[] first = new Instant[1];
      await("killed: " + waiting.stream().map(Kill::name).toList())
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                life.goOn();
                long happened =
                    waiting.stream().filter(kill -> kill.happened().getAsBoolean()).count();
                if (happened > 0 && first[0] == null) {
                  first[0] = Instant.now();
                }
                // The others mostly follow within a period; who is killed then is started together.
                return happened == waiting.size()
                    || first[0] != null && Instant.now().isAfter(first[0].plus(StripeWorld.PERIOD));
              });
      left.removeIf(kill -> kill.happened().getAsBoolean());
      world.up();
    }
  }

  private static void exact(Tenant tenant, String customer, int evaluations, int failures) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<JsonNode> ledger = tenant.ledger();
              assertThat(sum(ledger, "/units/evaluations")).isEqualTo(evaluations);
              assertThat(ledger).allMatch(entry -> !entry.get("reported").isNull());
              assertThat(tenant.standing()).isEqualTo("ACTIVE");
              assertThat(tenant.events("usage_reported")).hasSize(ledger.size());
            });
    List<JsonNode> ledger = tenant.ledger();
    List<JsonNode> usage = tenant.events("usage_recorded");
    for (String unit : List.of("bytes_in", "bytes_out", "gates_executed", "audit_writes")) {
      assertThat(sum(ledger, "/units/" + unit)).isEqualTo(sum(usage, "/payload/" + unit));
    }
    long next = 1;
    for (JsonNode entry : ledger) {
      assertThat(entry.get("first_seq").asLong()).isEqualTo(next);
      next = entry.get("last_seq").asLong() + 1;
    }
    assertThat(world.account().metered(customer).stream().mapToLong(Long::longValue).sum())
        .isEqualTo(sum(ledger, "/reported/quantity_cents"));
    assertThat(tenant.events("invoice_state_changed"))
        .extracting(event -> event.at("/payload/invoice_id").textValue())
        .filteredOn(invoice -> invoice.startsWith("in_killed"))
        .hasSizeBetween(failures, 2 * failures);
    assertThat(tenant.events("invoice_state_changed"))
        .extracting(
            event ->
                event.at("/payload/invoice_id").textValue() + event.at("/payload/to").textValue())
        .doesNotHaveDuplicates();
    assertThat(tenant.events("period_closed"))
        .extracting(event -> event.at("/payload").toString())
        .doesNotHaveDuplicates();
    String month = ledger.get(0).get("period_start").textValue().substring(0, 7);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(tenant.reconciliation(month).get("checks"))
                    .filteredOn(check -> !check.get("name").textValue().equals("invoiced_cents"))
                    .allMatch(check -> check.get("verdict").textValue().equals("EQUAL")));
  }

  private static long sum(List<JsonNode> nodes, String pointer) {
    return nodes.stream().mapToLong(node -> node.at(pointer).asLong()).sum();
  }

  private static List<Kill> meterKills() {
    List<Kill> kills = new ArrayList<>();
    step(kills, "meter-worker", world.meterToBilling, "position", "GET", LEDGER + "/position");
    step(kills, "meter-worker", world.meterToAudit, "read", "GET", CHAINS + "/[^/]+/events");
    step(kills, "meter-worker", world.meterToAudit, "mark", "POST", "/internal/audit/appends");
    step(kills, "meter-worker", world.meterToBilling, "file", "POST", LEDGER + "/entries");
    step(kills, "meter-worker", world.meterToBilling, "show", "PUT", LEDGER + "/open-usage");
    step(
        kills,
        "meter-worker",
        world.meterToBilling,
        "report",
        "POST",
        LEDGER + "/entries/\\d+/report");
    step(kills, "meter-worker", world.meterToBilling, "recount", "POST", "/internal/recounts");
    return kills;
  }

  private static List<Kill> invoiceKills() {
    List<Kill> kills = new ArrayList<>();
    for (String[] step :
        new String[][] {
          {"claim", "POST", SETTLEMENT + "/webhook-events/claims"},
          {"observe", "POST", SETTLEMENT + "/invoice-observations"},
          {"complete", "POST", SETTLEMENT + "/webhook-events/.+/completion"},
          {"poll", "POST", SETTLEMENT + "/invoice-polls"},
          {"end graces", "POST", SETTLEMENT + "/grace-expirations"},
          {"recorded", "POST", SETTLEMENT + "/outbox/.+/recorded"}
        }) {
      step(kills, "invoice-worker", world.invoiceToBilling, step[0], step[1], step[2]);
    }
    step(
        kills, "invoice-worker", world.invoiceToAudit, "append", "POST", "/internal/audit/appends");
    return kills;
  }

  /** billing-service dies while Stripe is asked: with its meter, and with its invoices. */
  private static List<Kill> stripeKills() {
    List<Kill> kills = new ArrayList<>();
    for (String call : List.of("POST /v1/billing/meter_events", "GET /v1/invoices")) {
      for (boolean after : new boolean[] {false, true}) {
        AtomicBoolean happened = new AtomicBoolean();
        kills.add(
            new Kill(
                "billing-service " + (after ? "after " : "before ") + call,
                () ->
                    world.stripe.trip(
                        call,
                        after,
                        () -> {
                          boolean killed = world.kill("billing-service");
                          happened.compareAndSet(false, killed);
                          return killed;
                        }),
                happened::get));
      }
    }
    return kills;
  }

  private static void step(
      List<Kill> kills, String worker, Tripwires wires, String name, String method, String path) {
    boolean hasAnEffect = !method.equals("GET");
    for (boolean after : BOTH ? List.of(false, true) : List.of(hasAnEffect)) {
      Step step = new Step(name, method, path, after);
      kills.add(
          new Kill(
              worker + (after ? " after " : " before ") + name,
              () -> wires.arm(step, () -> world.kill(worker)),
              wires::isTripped));
    }
  }
}
