package dev.nofate.cli.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.readiness.Http.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * What became of the canary when a bill was not paid, and then was.
 *
 * @param begun when the payment failed
 * @param graceUntil end of the grace period as the account showed it
 * @param grace the configured length of a grace period
 * @param suspended whether its end was waited for and suspended the account
 * @param standingAtTheEnd behind the payment
 */
record UnpaidBill(
    Instant begun, Instant graceUntil, Duration grace, boolean suspended, String standingAtTheEnd) {

  /** A grace period whose end is waited for; one of production's is not. */
  private static final Duration SHORT_GRACE = Duration.ofSeconds(30);

  private static final Duration TOLERANCE = Duration.ofMinutes(1);
  private static final int OK = 200;

  /** Has an invoice fail and paid, whatever happens in between. */
  static UnpaidBill play(Canary canary, Function<String, Seen> deliver, Settings settings) {
    String customer = canary.account().path("stripe_customer_id").asText();
    String invoice = "in_readiness" + PaymentChecks.random();
    Instant begun = Instant.now();
    Duration grace = grace(settings);
    Instant until;
    boolean suspended = false;
    try {
      send(deliver, event("invoice.payment_failed", invoice, customer, "open"));
      JsonNode account = await(canary, "GRACE");
      until = Instant.parse(account.path("grace_until").asText());
      if (grace.compareTo(SHORT_GRACE) <= 0) {
        await(canary, "SUSPENDED");
        suspended = true;
      }
    } finally {
      String paid = event("invoice.paid", invoice, customer, "paid");
      send(deliver, paid);
      send(deliver, paid);
    }
    JsonNode end = await(canary, "ACTIVE");
    onceInTheLog(canary, end.path("version").asLong());
    return new UnpaidBill(begun, until, grace, suspended, end.path("standing").asText());
  }

  boolean graceAsConfigured() {
    return Duration.between(begun.plus(grace), graceUntil).abs().compareTo(TOLERANCE) <= 0;
  }

  private static JsonNode await(Canary canary, String standing) {
    return Eventually.see(
        "Standing " + standing,
        BillingChecks.MOVING_TIME.plus(SHORT_GRACE),
        canary::account,
        account -> account.path("standing").asText().equals(standing));
  }

  private static void onceInTheLog(Canary canary, long version) {
    long count =
        Eventually.see(
            "The reactivation in the canary's chain",
            BillingChecks.MOVING_TIME,
            () ->
                ChainPages.events(canary, "standing_changed").stream()
                    .filter(it -> it.at("/payload/version").asLong() == version)
                    .count(),
            found -> found > 0);
    if (count != 1) {
      throw new CommandFailure("The reactivation stands " + count + " times in the chain.");
    }
  }

  private static void send(Function<String, Seen> deliver, String event) {
    deliver.apply(event).expect(OK, "POST /webhooks/stripe");
  }

  private static Duration grace(Settings settings) {
    return settings
        .of(Settings.BILLING, "BILLING_GRACE_PERIOD")
        .map(Duration::parse)
        .orElseGet(
            () ->
                Duration.ofDays(
                    Long.parseLong(
                        settings.of(Settings.BILLING, "BILLING_GRACE_PERIOD_DAYS").orElse("3"))));
  }

  private static String event(String type, String invoice, String customer, String status) {
    ObjectNode event = Json.MAPPER.createObjectNode();
    long now = Instant.now().getEpochSecond();
    event.put("id", "evt_readiness" + PaymentChecks.random()).put("object", "event");
    event.put("type", type).put("created", now).put("livemode", false);
    event
        .putObject("data")
        .putObject("object")
        .put("id", invoice)
        .put("object", "invoice")
        .put("customer", customer)
        .put("status", status)
        .put("amount_due", 1)
        .put("amount_paid", "paid".equals(status) ? 1 : 0)
        .put("attempt_count", 1)
        .put("currency", "usd")
        .put("created", now);
    return event.toString();
  }
}
