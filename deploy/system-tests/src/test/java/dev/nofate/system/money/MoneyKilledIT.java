package dev.nofate.system.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.system.money.Kills.Kill;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The workers are killed at every call they make, and billing-service around its calls to Stripe:
 * processes, and SIGKILL. {@link Kills} has the steps; the workers' own tests do the same in
 * memory. What is left at the end is what an undisturbed run leaves: the ledger is the chain,
 * Stripe has each cent once, metered or as an item, and bills it once; the log has each transition
 * once.
 */
@SuiteTest
class MoneyKilledIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String SUBSCRIPTION_CHANGED = "subscription_state_changed";

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
  void aWorkerKilledAtAnyStepLeavesTheSameLedger(Suite suite) {
    Life life = new Life(world, suite.tenant().withRuleset());
    Kills kills = new Kills(world, life);
    List<List<Kill>> lines = List.of(kills.usage(), kills.invoices());
    int rounds = lines.stream().mapToInt(List::size).max().orElseThrow();
    for (int i = 0; i < rounds; i++) {
      int round = i;
      List<Kill> armed =
          lines.stream().filter(line -> round < line.size()).map(line -> line.get(round)).toList();
      armed.forEach(kill -> kill.arm().run());
      untilAllHappened(armed, life);
    }
    world.stripe.heal();
    life.subscriptionIs("active");
    life.deliver();

    everythingIsReported(life);
    theLedgerIsTheChain(life.tenant());
    stripeHasEachCentOnce(life);
    await().atMost(PATIENCE).untilAsserted(() -> theLogHasEachTransitionOnce(life));
    whatWasToldIsKnown(suite, life);
    everythingIsReconciled(life.tenant());
    assertThat(world.stripe.refusals()).isEmpty();
  }

  /** Whoever was killed is started again, until every step was reached. */
  private static void untilAllHappened(List<Kill> armed, Life life) {
    List<Kill> left = new ArrayList<>(armed);
    while (!left.isEmpty()) {
      List<Kill> waiting = List.copyOf(left);
      waiting.forEach(kill -> kill.provoke().run());
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

  private static void everythingIsReported(Life life) {
    Tenant tenant = life.tenant();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<JsonNode> ledger = tenant.ledger();
              assertThat(sum(ledger, "/units/evaluations")).isEqualTo(life.answered());
              assertThat(ledger).allMatch(entry -> !entry.get("reported").isNull());
              assertThat(tenant.standing()).isEqualTo("ACTIVE");
              assertThat(tenant.events("usage_reported")).hasSize(ledger.size());
            });
  }

  private static void theLedgerIsTheChain(Tenant tenant) {
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
  }

  private static void stripeHasEachCentOnce(Life life) {
    List<JsonNode> ledger = life.tenant().ledger();
    List<JsonObject> events =
        world.account().meterEvents().stream()
            .filter(event -> life.customer().equals(event.getString("customer")))
            .toList();
    List<JsonObject> items =
        world.account().objects("ii_").stream()
            .filter(item -> life.customer().equals(item.getString("customer")))
            .toList();
    long reported = sum(ledger, "/reported/quantity_cents");
    assertThat(items).isNotEmpty();
    assertThat(total(events, "value") + total(items, "amount")).isEqualTo(reported);
    assertThat(
            Stream.concat(
                events.stream().map(event -> event.getString("identifier")),
                items.stream().map(item -> item.getJsonObject("metadata").getString("usage_hash"))))
        .containsExactlyInAnyOrderElementsOf(
            ledger.stream()
                .filter(entry -> entry.at("/reported/quantity_cents").asLong() > 0)
                .map(entry -> entry.get("usage_hash").textValue())
                .toList());
    assertThat(billed(life, events, items)).isEqualTo(reported);
  }

  /** The lines of all months that are over, and what the next invoice will have. */
  private static long billed(Life life, List<JsonObject> events, List<JsonObject> items) {
    long lines =
        world.account().objects("in_").stream()
            .filter(invoice -> life.customer().equals(invoice.getString("customer")))
            .mapToLong(invoice -> total(world.account().lines(invoice.getString("id")), "amount"))
            .sum();
    return lines
        + total(items.stream().filter(item -> !item.containsKey("invoice")).toList(), "amount")
        + total(
            events.stream()
                .filter(event -> event.getLong("timestamp") >= life.month().getEpochSecond())
                .toList(),
            "value");
  }

  private static void theLogHasEachTransitionOnce(Life life) {
    Tenant tenant = life.tenant();
    List<JsonNode> invoices = payloads(tenant, "invoice_state_changed");
    assertThat(invoices)
        .extracting(change -> change.get("invoice_id").textValue())
        .filteredOn(invoice -> invoice.startsWith("in_killed"))
        .hasSizeBetween(life.invoices(), 2 * life.invoices());
    assertThat(invoices)
        .extracting(change -> change.get("invoice_id").textValue() + change.get("to").textValue())
        .doesNotHaveDuplicates();
    assertThat(payloads(tenant, "period_closed")).doesNotHaveDuplicates();
    assertThat(payloads(tenant, "usage_reported"))
        .extracting(report -> report.get("entry_no").asLong())
        .doesNotHaveDuplicates();
    List<JsonNode> changes =
        payloads(tenant, "admin_action").stream()
            .filter(action -> action.get("action").textValue().equals(SUBSCRIPTION_CHANGED))
            .toList();
    List<String> states = changes.stream().map(change -> change.get("to").textValue()).toList();
    assertThat(states).endsWith("active");
    assertThat(changes.subList(1, changes.size()))
        .extracting(change -> change.get("from").textValue())
        .isEqualTo(states.subList(0, states.size() - 1));
  }

  /**
   * Invoices are paid with what was given last; each fault is there once, and nothing is parked.
   */
  private static void whatWasToldIsKnown(Suite suite, Life life) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(
                      world
                          .account()
                          .object(life.customer())
                          .getString("invoice_settings[default_payment_method]"))
                  .isEqualTo(life.lastMethod());
              assertThat(ids(suite, "/v1/billing/meter-faults"))
                  .filteredOn(life.faults()::contains)
                  .containsExactlyInAnyOrderElementsOf(life.faults());
            });
    assertThat(ids(suite, "/v1/billing/webhooks?limit=200"))
        .doesNotContainAnyElementsOf(life.told());
    for (String fault : life.faults()) {
      suite
          .operator()
          .body("{\"rebill\":false,\"reason\":\"not ours\"}")
          .post("/v1/billing/meter-faults/" + fault + "/settlement")
          .then()
          .statusCode(204);
    }
  }

  private static List<String> ids(Suite suite, String path) {
    return suite
        .operator()
        .get(path)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.event_id");
  }

  private static void everythingIsReconciled(Tenant tenant) {
    String month = tenant.ledger().get(0).get("period_start").textValue().substring(0, 7);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(tenant.reconciliation(month).get("checks"))
                    .filteredOn(check -> !check.get("name").textValue().equals("invoiced_cents"))
                    .allMatch(check -> check.get("verdict").textValue().equals("EQUAL")));
  }

  private static List<JsonNode> payloads(Tenant tenant, String type) {
    return tenant.events(type).stream().map(event -> event.get("payload")).toList();
  }

  private static long sum(List<JsonNode> nodes, String pointer) {
    return nodes.stream().mapToLong(node -> node.at(pointer).asLong()).sum();
  }

  private static long total(List<JsonObject> objects, String member) {
    return objects.stream().mapToLong(object -> object.getLong(member)).sum();
  }
}
