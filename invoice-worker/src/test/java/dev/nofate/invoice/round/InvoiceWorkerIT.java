package dev.nofate.invoice.round;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static dev.nofate.invoice.fixture.Peers.SETTLEMENT;
import static dev.nofate.invoice.fixture.Peers.claimed;
import static dev.nofate.invoice.fixture.Peers.json;
import static dev.nofate.invoice.fixture.Peers.owed;
import static dev.nofate.invoice.fixture.Peers.problem;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.invoice.fixture.Peers;
import dev.nofate.invoice.fixture.PeersTestResource;
import dev.nofate.invoice.fixture.StripeJson;
import dev.nofate.kit.servicetoken.ServiceTokenVerifier;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running worker, and its peers on the wire. */
@QuarkusTest
@QuarkusTestResource(PeersTestResource.class)
class InvoiceWorkerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private WireMockServer wire;
  @Inject ServiceTokenVerifier verifier;

  private final TenantId tenant = new TenantId(UUID.randomUUID());
  private final UUID owedId = UUID.randomUUID();
  private Peers peers;

  @BeforeEach
  void serve() {
    peers = new Peers(wire);
    peers.serveQuietly();
  }

  @Test
  void settlesAFailedPaymentFromAnExpandedRecentEvent() {
    peers.once(Peers.claims(), claimed(StripeJson.invoice(StripeJson.CLOVER).claim()));

    awaitCall("/webhook-events/evt_1SZk4ALkdIwHu7ixYt0pQ2rs/completion");

    wire.verify(
        1,
        postRequestedFor(urlEqualTo(SETTLEMENT + "/invoice-observations"))
            .withRequestBody(
                equalToJson(
                    """
                    {"event_id":"evt_1SZk4ALkdIwHu7ixYt0pQ2rs",
                     "invoice_id":"in_1SZk3zLkdIwHu7ixB4c5D6e7","customer_id":"cus_TWb7c8d9e0f1a2",
                     "status":"PAYMENT_FAILED","occurred_at":"2026-11-23T10:00:00Z",
                     "amount_due_cents":1250,"amount_paid_cents":0,"currency":"usd"}
                    """)));
  }

  @Test
  void claimsWhatTellsOfInvoicesApartFromTheRestAndTheRestAFewAtATime() {
    awaitClaim("INVOICES", 20);
    awaitClaim("OTHERS", 3);
  }

  private void awaitClaim(String about, int limit) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                wire.verify(
                    postRequestedFor(
                            urlEqualTo(SETTLEMENT + "/webhook-events/claims?about=" + about))
                        .withRequestBody(
                            equalToJson(
                                """
                                {"worker":"${json-unit.regex}invoice-worker-[0-9a-f-]{36}",
                                 "limit":%d,"lease_ms":15000}
                                """
                                    .formatted(limit)))));
  }

  @Test
  void failsAMalformedEventForGoodWithAReasonThatHoldsNoContent() {
    peers.once(
        Peers.claims(),
        claimed(
            StripeJson.invoice(StripeJson.CLOVER)
                .id("evt_1")
                .with("currency", "[\"secret\"]")
                .claim()));

    awaitCall("/webhook-events/evt_1/failure");

    wire.verify(
        postRequestedFor(urlEqualTo(SETTLEMENT + "/webhook-events/evt_1/failure"))
            .withRequestBody(
                equalToJson(
                    "{\"reason\":\"data.object.currency is not text\",\"permanent\":true}")));
    wire.verify(0, postRequestedFor(urlEqualTo(SETTLEMENT + "/invoice-observations")));
  }

  @Test
  void failsAnEventOfAnUnknownCustomer() {
    peers.once(Peers.claims(), claimed(StripeJson.invoice(StripeJson.CLOVER).id("evt_2").claim()));
    peers.once(Peers.observation(), json("{\"result\":\"UNKNOWN_CUSTOMER\",\"standing\":null}"));

    awaitCall("/webhook-events/evt_2/failure");
  }

  @Test
  void failsAnEventThatBillingCannotTakeNow() {
    peers.once(Peers.claims(), claimed(StripeJson.invoice(StripeJson.CLOVER).id("evt_3").claim()));
    peers.once(Peers.observation(), problem(503, "UNAVAILABLE"));

    awaitCall("/webhook-events/evt_3/failure");

    wire.verify(
        postRequestedFor(urlEqualTo(SETTLEMENT + "/webhook-events/evt_3/failure"))
            .withRequestBody(equalToJson("{\"reason\":\"billing-service answered 503\"}")));
  }

  @Test
  void failsAnEventWhoseAnswerIsSlow() {
    peers.once(Peers.claims(), claimed(StripeJson.invoice(StripeJson.CLOVER).id("evt_4").claim()));
    peers.once(Peers.observation(), json("{}").withFixedDelay(4_000));

    awaitCall("/webhook-events/evt_4/failure");

    wire.verify(
        postRequestedFor(urlEqualTo(SETTLEMENT + "/webhook-events/evt_4/failure"))
            .withRequestBody(equalToJson("{\"reason\":\"no answer: TimeoutException\"}")));
  }

  @Test
  void carriesTheOutboxIntoTheChainUnderTheEventsOwnId() {
    peers.once(Peers.outbox(), owed(owedId, tenant));

    awaitCall("/outbox/" + owedId + "/recorded");

    wire.verify(
        1,
        postRequestedFor(urlEqualTo("/internal/audit/appends"))
            .withRequestBody(
                equalToJson(
                    """
                    {"append_id":"%s","tenant":"%s","events":[{"type":"standing_changed",
                     "payload":{"from":"ACTIVE","to":"GRACE","version":1}}]}
                    """
                        .formatted(owedId, tenant))));
  }

  @Test
  void carriesTheOutboxAgainWhenTheLogWasNotWritable() {
    peers.once(Peers.append(), problem(503, "AUDIT_UNAVAILABLE"));
    peers.once(Peers.outbox(), owed(owedId, tenant));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                wire.findAll(postRequestedFor(urlEqualTo("/internal/audit/appends"))).size() == 1);
    wire.verify(0, postRequestedFor(urlPathMatching(".*/recorded")));

    peers.once(Peers.outbox(), owed(owedId, tenant));

    awaitCall("/outbox/" + owedId + "/recorded");
  }

  @Test
  void auditsAStandingChangeWithinFiveSecondsOfTheEvent() {
    peers.once(Peers.outbox(), owed(owedId, tenant));
    peers.once(Peers.claims(), claimed(StripeJson.invoice(StripeJson.CLOVER).claim()));
    Instant stored = Instant.now();

    awaitCall("/outbox/" + owedId + "/recorded");

    assertThat(Duration.between(stored, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void asksForOverdueGracePeriodsInEveryRound() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                wire.findAll(postRequestedFor(urlEqualTo(SETTLEMENT + "/grace-expirations"))).size()
                    > 1);
  }

  @Test
  void provesItsNameWithEveryCall() throws Exception {
    peers.once(Peers.claims(), claimed(StripeJson.invoice(StripeJson.CLOVER).claim()));
    peers.once(Peers.outbox(), owed(owedId, tenant));
    awaitCall("/outbox/" + owedId + "/recorded");

    List<LoggedRequest> calls = wire.findAll(RequestPatternBuilder.allRequests());
    assertThat(calls).extracting(LoggedRequest::getUrl).contains("/internal/audit/appends");
    for (LoggedRequest call : calls) {
      String token = call.getHeader("Authorization").substring("Bearer ".length());
      JsonNode claims = part(token, 1);
      assertThat(part(token, 0).path("alg").asText()).isEqualTo("RS256");
      assertThat(part(token, 0).path("kid").asText()).isEqualTo("invoice-worker");
      assertThat(claims.path("sub").asText()).isEqualTo("invoice-worker");
      assertThat(claims.path("iss").asText()).isEqualTo("nofate-local");
      assertThat(claims.path("aud").asText()).isEqualTo("nofate");
      assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
      assertThat(verifier.verify(token).await().atMost(PATIENCE)).isEqualTo("invoice-worker");
    }
  }

  @Test
  void isReadyWhileBillingAnswersAndServesNothingElse() {
    await().atMost(PATIENCE).until(() -> get("/q/health/ready").statusCode() == 200);

    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/q/metrics").asString())
        .contains(
            "nofate_invoice_outbox_relayed_total",
            "nofate_invoice_suspensions_total",
            "nofate_invoice_round_seconds");
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/internal/settlement/outbox").statusCode()).isEqualTo(404);
  }

  private void awaitCall(String path) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(wire.findAll(postRequestedFor(urlEqualTo(SETTLEMENT + path))))
                    .isNotEmpty());
  }

  private static JsonNode part(String token, int index) throws Exception {
    byte[] text = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
    return new ObjectMapper().readTree(new String(text, StandardCharsets.UTF_8));
  }
}
