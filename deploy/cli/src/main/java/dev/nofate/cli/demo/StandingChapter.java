package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.api.ApiClient.Answer;
import dev.nofate.cli.api.StripeSignature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** A bill is not paid, then paid: signed webhooks move the standing, and the door follows. */
final class StandingChapter {

  /** The grace period the stack of the tour runs with, plus what workers and caches take. */
  private static final Duration MOVING_TIME = Duration.ofSeconds(20);

  /** How long a change may take from billing-service to the door. */
  private static final Duration REACHING_TIME = Duration.ofSeconds(5);

  private static final int OK = 200;
  private static final int PAYMENT_REQUIRED = 402;

  private final Scene scene;
  private final Proposal proposal;
  private final GrantDesk grants;

  StandingChapter(Scene scene, Proposal proposal, GrantDesk grants) {
    this.scene = scene;
    this.proposal = proposal;
    this.grants = grants;
  }

  void play() {
    Journal journal = scene.journal();
    journal.chapter("A bill is not paid, and then it is");
    String customer = account().path("stripe_customer_id").asText();
    String invoice = "in_demo" + UUID.randomUUID().toString().replace("-", "");
    journal.say(
        "account of customer %s: %s".formatted(customer, account().path("standing").asText()));

    send(event("invoice.payment_failed", invoice, customer, false));
    JsonNode grace = awaitStanding("GRACE");
    journal.check(
        true,
        "invoice.payment_failed: GRACE until %s".formatted(grace.path("grace_until").asText()));
    awaitStanding("SUSPENDED");
    journal.check(true, "the grace period ended: SUSPENDED");
    Answer held = awaitStatus(PAYMENT_REQUIRED);
    journal.check(
        "BILLING_HOLD".equals(held.json().path("code").asText()),
        "an evaluation answers %d %s, state %s"
            .formatted(
                held.status(),
                held.json().path("code").asText(),
                held.json().path("state").asText()));
    journal.check(scene.api().get("/v1/evaluations?limit=1").status() == OK, "reads go on");

    InvoiceEvent paid = event("invoice.paid", invoice, customer, true);
    send(paid);
    send(paid);
    awaitStanding("ACTIVE");
    journal.check(true, "invoice.paid, delivered twice: ACTIVE");
    Answer served = awaitStatus(OK);
    journal.check(
        proposal.expect().isMetBy(served.json()),
        "an evaluation answers %d %s"
            .formatted(served.status(), served.json().path("state").asText()));
  }

  private JsonNode account() {
    return scene.api().get("/v1/billing/account").expect(OK, "GET /v1/billing/account");
  }

  private JsonNode awaitStanding(String standing) {
    return Patience.until(
        "standing " + standing,
        MOVING_TIME,
        this::account,
        account -> account.path("standing").asText().equals(standing));
  }

  private Answer awaitStatus(int status) {
    return Patience.until(
        "evaluations answering " + status,
        REACHING_TIME,
        this::evaluate,
        answer -> answer.status() == status);
  }

  private Answer evaluate() {
    return scene
        .api()
        .post(
            "/v1/evaluations/forward",
            proposal.body(Instant.now().truncatedTo(ChronoUnit.MILLIS), grants),
            Map.of("Idempotency-Key", UUID.randomUUID().toString()));
  }

  private void send(InvoiceEvent event) {
    String body = event.json();
    String signature = StripeSignature.of(scene.stack().stripeWebhookSecret(), Instant.now(), body);
    new ApiClient(scene.stack().gatewayUrl(), null)
        .post("/webhooks/stripe", body, Map.of(StripeSignature.HEADER, signature))
        .expect(OK, "POST /webhooks/stripe");
  }

  private static InvoiceEvent event(String type, String invoice, String customer, boolean paid) {
    String id = "evt_demo" + UUID.randomUUID().toString().replace("-", "");
    return new InvoiceEvent(id, type, invoice, customer, paid, Instant.now());
  }
}
