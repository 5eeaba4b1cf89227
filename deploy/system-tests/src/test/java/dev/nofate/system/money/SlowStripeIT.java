package dev.nofate.system.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.stripe.StripeEvents;
import dev.nofate.stripe.StripeEvents.ApiVersion;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A payment counts at the gate at once, also while everything that asks Stripe waits for it. */
@SuiteTest
class SlowStripeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PROMISED = Duration.ofSeconds(5);

  /** Longer than anybody waits for an answer of Stripe's. */
  private static final Duration SLOW = Duration.ofSeconds(15);

  private static final int NOTICES = 8;

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
  void aPaymentReactivatesWithinFiveSecondsWhileStripeDoesNotAnswer(Suite suite) throws Exception {
    Tenant tenant = suite.tenant().withRuleset();
    JsonObject subscription = subscriptionOf(tenant);
    String invoice = anUnpaidInvoiceSuspends(tenant);

    world.stripe.slow(SLOW);
    int before = world.stripe.requests("GET /v1/invoices").size();
    await().atMost(PATIENCE).until(() -> world.stripe.requests("GET /v1/invoices").size() > before);
    List<String> notices = new ArrayList<>();
    for (int i = 0; i < NOTICES; i++) {
      JsonObject notice =
          StripeEvents.snapshot("customer.subscription.updated", subscription, ApiVersion.CLOVER);
      notices.add(notice.getString("id"));
      world.tell(notice);
    }
    await().atMost(PATIENCE).until(() -> events(suite, notices, "state = 'LEASED'") > 0);

    world.tell("invoice.paid", world.billing().pay(invoice));
    Instant told = Instant.now();
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(PATIENCE)
        .until(() -> tenant.evaluate(Proposals.transfer(1)).statusCode() == 200);
    Duration taken = Duration.between(told, Instant.now());

    assertThat(events(suite, notices, "state <> 'DONE'")).isEqualTo(NOTICES);
    assertThat(taken).isLessThan(PROMISED);
    world.stripe.heal();
    await().atMost(PATIENCE).until(() -> events(suite, notices, "state = 'DONE'") == NOTICES);
    assertThat(world.stripe.refusals()).isEmpty();
  }

  private static JsonObject subscriptionOf(Tenant tenant) {
    await().atMost(PATIENCE).until(() -> tenant.account("stripe_customer_id").startsWith("cus_"));
    String customer = tenant.account("stripe_customer_id");
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                world.account().objects("sub_").stream()
                    .filter(one -> customer.equals(one.getString("customer")))
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  private static String anUnpaidInvoiceSuspends(Tenant tenant) {
    JsonObject invoice =
        new JsonObject()
            .put("id", "in_slow")
            .put("object", "invoice")
            .put("customer", tenant.account("stripe_customer_id"))
            .put("status", "open")
            .put("collection_method", "charge_automatically")
            .put("attempted", false)
            .put("amount_due", 100)
            .put("amount_paid", 0)
            .put("currency", "usd")
            .put("created", Instant.now().getEpochSecond());
    world.account().put(invoice);
    world.tell("invoice.payment_failed", world.billing().failPayment("in_slow"));
    await().atMost(PATIENCE).until(tenant::standing, "SUSPENDED"::equals);
    await()
        .atMost(PATIENCE)
        .until(() -> tenant.evaluate(Proposals.transfer(1)).statusCode() == 402);
    return "in_slow";
  }

  private static long events(Suite suite, List<String> ids, String condition) throws SQLException {
    try (Connection connection = suite.superuser();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT count(*) FROM billing.stripe_events WHERE event_id = ANY (?) AND "
                    + condition)) {
      statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
