package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.needsPerson;
import static dev.nofate.cli.readiness.Outcome.notObservable;
import static dev.nofate.cli.readiness.Outcome.verified;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.api.StripeSignature;
import dev.nofate.cli.readiness.Http.Seen;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Webhooks, and what they do to an account. */
final class PaymentChecks implements Register.Family {

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final String WEBHOOK = "/webhooks/stripe";

  private final Deployment deployment;
  private final Http http;
  private final Supplier<UnpaidBill> bill;

  PaymentChecks(Deployment deployment, Http http, Supplier<Canary> canary) {
    this.deployment = deployment;
    this.http = http;
    this.bill = Once.of(() -> UnpaidBill.play(canary.get(), this::deliver, deployment.settings()));
  }

  @Override
  public void enter(Register register) {
    register
        .line("webhook-delivery", this::delivery)
        .line("webhook-delivery-live", this::delivery)
        .line("grace-period", () -> onMock(this::grace))
        .line("suspension-on-failure", () -> onMock(this::suspension))
        .line("reactivation-on-payment", () -> onMock(this::reactivation))
        .line("invoice-webhooks", this::handling);
  }

  /** A body nobody signed is refused; a signed one is taken, twice, and acted on by nobody. */
  private Outcome delivery() {
    String event =
        "{\"id\":\"%s\",\"object\":\"event\",\"type\":\"nofate.readiness\",\"created\":%d,\"data\":{\"object\":{}}}"
            .formatted("evt_readiness" + random(), Instant.now().getEpochSecond());
    for (String signature : new String[] {"", "t=1,v1=00"}) {
      int status =
          http.post(deployment.at(WEBHOOK), event, Map.of(StripeSignature.HEADER, signature))
              .status();
      if (status != BAD_REQUEST) {
        return failed("A body with the signature \"%s\" was answered %d.", signature, status);
      }
    }
    Optional<String> secret = deployment.settings().of(Settings.BILLING, "STRIPE_WEBHOOK_SECRET");
    if (secret.isEmpty()) {
      return notObservable(
          "Unsigned bodies are refused; STRIPE_WEBHOOK_SECRET is not given (--env).");
    }
    deliver(event).expect(OK, "POST " + WEBHOOK);
    deliver(event).expect(OK, "POST " + WEBHOOK);
    return verified(
        "Unsigned bodies are refused (400), a signed one is taken and taken again (200).");
  }

  private Seen deliver(String event) {
    String secret =
        deployment.settings().need(Settings.BILLING, "STRIPE_WEBHOOK_SECRET").split(",")[0].strip();
    return http.post(
        deployment.at(WEBHOOK),
        event,
        Map.of(StripeSignature.HEADER, StripeSignature.of(secret, Instant.now(), event)));
  }

  private Outcome grace() {
    UnpaidBill seen = bill.get();
    return seen.graceAsConfigured()
        ? verified(
            "invoice.payment_failed led to GRACE until %s, %s later.",
            seen.graceUntil(), seen.grace())
        : failed(
            "invoice.payment_failed led to GRACE until %s; configured are %s.",
            seen.graceUntil(), seen.grace());
  }

  private Outcome suspension() {
    UnpaidBill seen = bill.get();
    return seen.suspended()
        ? verified("The grace period of an unpaid invoice ended: SUSPENDED.")
        : notObservable(
            "The grace period takes %s; its end was not waited for. billing.md names the tests that do.",
            seen.grace());
  }

  private Outcome reactivation() {
    return verified(
        "invoice.paid, delivered twice, led back to %s with one change in the log.",
        bill.get().standingAtTheEnd());
  }

  /** No webhook waits for a person, and the ones above were acted on. */
  private Outcome handling() {
    JsonNode parked =
        http.get(
                deployment.at("/v1/billing/webhooks"),
                Map.of("x-api-key", deployment.operatorKey()))
            .expect(OK, "GET /v1/billing/webhooks")
            .json()
            .path("items");
    if (parked.size() > 0) {
      return failed("%d webhook events are parked.", parked.size());
    }
    return deployment.isMock()
        ? verified(
            "No webhook event is parked; invoice.payment_failed and invoice.paid moved the canary to GRACE and %s.",
            bill.get().standingAtTheEnd())
        : needsPerson(
            "No webhook event is parked; invoices of Stripe's test mode are seen on staging.");
  }

  /** Where Stripe bills, its events are not made up. */
  private Outcome onMock(Supplier<Outcome> check) {
    return deployment.isMock()
        ? check.get()
        : needsPerson(
            "Stripe bills here, and its events are not made up; seen on staging in test mode.");
  }

  static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
