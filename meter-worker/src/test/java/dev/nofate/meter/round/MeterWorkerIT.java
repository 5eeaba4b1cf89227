package dev.nofate.meter.round;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.nofate.meter.fixture.Peers.FIRST_ANSWER;
import static dev.nofate.meter.fixture.Peers.json;
import static dev.nofate.meter.fixture.Peers.ledger;
import static dev.nofate.meter.fixture.Peers.problem;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.servicetoken.ServiceTokenVerifier;
import dev.nofate.meter.fixture.Peers;
import dev.nofate.meter.fixture.PeersTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running worker, and its peers on the wire. */
@QuarkusTest
@QuarkusTestResource(PeersTestResource.class)
class MeterWorkerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private WireMockServer wire;
  @Inject ServiceTokenVerifier verifier;

  private final TenantId tenant = Peers.newTenant();
  private final TenantId other = Peers.newTenant();
  private Peers peers;

  @BeforeEach
  void serve() {
    peers = new Peers(wire);
  }

  @Test
  void marksFilesShowsAndReportsAnEndedPeriod() {
    peers.serve(tenant);
    answerOnceThen(
        () -> Peers.position(tenant),
        json(Peers.emptyPosition(tenant)),
        json(Peers.filedPosition(tenant, "1")));

    awaitOnce(postRequestedFor(urlEqualTo(ledger(tenant) + "/entries/1/report")));

    wire.verify(
        1,
        postRequestedFor(urlEqualTo("/internal/audit/appends"))
            .withRequestBody(
                equalToJson(
                    """
                    {"append_id":"${json-unit.any-string}","tenant":"%s",
                     "events":[{"type":"period_closed","payload":{
                       "period_start":"2020-01-01T10:00:00.000000Z",
                       "period_end":"2020-01-01T11:00:00.000000Z"}}],
                     "not_before":"2020-01-01T11:00:00.000000Z"}
                    """
                        .formatted(tenant))));
    wire.verify(
        1,
        postRequestedFor(urlEqualTo(ledger(tenant) + "/entries"))
            .withRequestBody(
                equalToJson(
                    """
                    {"tenant":"%s","period_start":"2020-01-01T10:00:00.000000Z",
                     "period_end":"2020-01-01T11:00:00.000000Z","first_seq":1,"last_seq":3,
                     "last_hash":"${json-unit.regex}[0-9a-f]{64}",
                     "units":{"evaluations":1,"bytes_in":234,"bytes_out":567,"gates_executed":6,
                       "audit_writes":9}}
                    """
                        .formatted(tenant))));
    wire.verify(
        1,
        putRequestedFor(urlEqualTo(ledger(tenant) + "/open-usage"))
            .withRequestBody(
                equalToJson(
                    """
                    {"after_seq":3,"through_seq":4,"units":{"evaluations":0,"bytes_in":0,
                     "bytes_out":0,"gates_executed":0,"audit_writes":0}}
                    """)));
  }

  @Test
  void provesItsNameWithEveryCall() throws Exception {
    peers.serve(tenant);
    awaitOnce(putRequestedFor(urlEqualTo(ledger(tenant) + "/open-usage")));

    List<LoggedRequest> calls = wire.findAll(RequestPatternBuilder.allRequests());
    assertThat(calls).hasSizeGreaterThan(5);
    for (LoggedRequest call : calls) {
      String token = call.getHeader("Authorization").substring("Bearer ".length());
      JsonNode claims = part(token, 1);
      assertThat(part(token, 0).path("alg").asText()).isEqualTo("RS256");
      assertThat(part(token, 0).path("kid").asText()).isEqualTo("meter-worker");
      assertThat(claims.path("sub").asText()).isEqualTo("meter-worker");
      assertThat(claims.path("iss").asText()).isEqualTo("nofate-local");
      assertThat(claims.path("aud").asText()).isEqualTo("nofate");
      assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
      assertThat(verifier.verify(token).await().atMost(PATIENCE)).isEqualTo("meter-worker");
    }
  }

  @Test
  void comesBackWhenItIsTooEarlyByTheLogsClock() {
    peers.serve(tenant);
    answerOnceThen(() -> Peers.append(tenant), problem(425, "TOO_EARLY"), null);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> wire.verify(1, postRequestedFor(urlEqualTo(ledger(tenant) + "/entries"))));

    assertThat(appends()).hasSize(2);
    assertThat(appends().get(0).getBodyAsString()).isEqualTo(appends().get(1).getBodyAsString());
  }

  @Test
  void readsThePositionAgainWhenAnotherReplicaHasFiled() {
    peers.serve(tenant);
    answerOnceThen(
        () -> Peers.position(tenant),
        json(Peers.emptyPosition(tenant)),
        json(Peers.filedPosition(tenant, "")));
    wire.stubFor(Peers.file(tenant).willReturn(problem(409, "CONFLICT")));

    awaitOnce(putRequestedFor(urlEqualTo(ledger(tenant) + "/open-usage")));

    wire.verify(1, postRequestedFor(urlEqualTo(ledger(tenant) + "/entries")));
    wire.verify(1, postRequestedFor(urlEqualTo("/internal/audit/appends")));
  }

  @Test
  void servesTheOthersWhileOneTenantsCallsFail() {
    peers.serve(tenant, other);
    answerOnceThen(() -> Peers.position(tenant), problem(503, "UNAVAILABLE"), null);

    awaitOnce(postRequestedFor(urlEqualTo(ledger(other) + "/entries")));
    awaitOnce(postRequestedFor(urlEqualTo(ledger(tenant) + "/entries")));
  }

  @Test
  void givesUpOnASlowAnswerAndAsksAgain() {
    peers.serve(tenant, other);
    answerOnceThen(
        () -> Peers.position(tenant),
        json(Peers.emptyPosition(tenant)).withFixedDelay(4_000),
        null);

    awaitOnce(postRequestedFor(urlEqualTo(ledger(other) + "/entries")));
    awaitOnce(postRequestedFor(urlEqualTo(ledger(tenant) + "/entries")));
    assertThat(wire.findAll(getRequestedFor(urlEqualTo(ledger(tenant) + "/position"))))
        .hasSizeGreaterThan(1);
  }

  @Test
  void isReadyWhileTheLogAnswersAndCountsWhatItDid() {
    peers.serve(tenant);
    awaitOnce(postRequestedFor(urlEqualTo(ledger(tenant) + "/entries")));

    await().atMost(PATIENCE).until(() -> get("/q/health/ready").statusCode() == 200);
    assertThat(get("/q/health/ready").jsonPath().getString("checks.name")).contains("meter rounds");
    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/q/metrics").asString())
        .contains(
            "nofate_meter_entries_filed_total",
            "nofate_meter_entries_reported_total",
            "nofate_meter_lag_seconds",
            "nofate_meter_failures_total",
            "nofate_meter_round_seconds");
  }

  @Test
  void servesNothingElse() {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/internal/ledger/" + tenant + "/position").statusCode()).isEqualTo(404);
    assertThat(get("/v1/billing/usage").statusCode()).isEqualTo(404);
  }

  private void answerOnceThen(
      Supplier<MappingBuilder> call,
      ResponseDefinitionBuilder once,
      ResponseDefinitionBuilder then) {
    String name = "once " + Peers.newTenant();
    wire.stubFor(
        call.get()
            .inScenario(name)
            .whenScenarioStateIs(FIRST_ANSWER)
            .willSetStateTo("answered")
            .willReturn(once)
            .atPriority(1));
    if (then != null) {
      wire.stubFor(call.get().inScenario(name).whenScenarioStateIs("answered").willReturn(then));
    }
  }

  private void awaitOnce(RequestPatternBuilder request) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(wire.findAll(request)).isNotEmpty());
  }

  private List<LoggedRequest> appends() {
    return wire.findAll(postRequestedFor(urlPathEqualTo("/internal/audit/appends")));
  }

  private static JsonNode part(String token, int index) throws Exception {
    byte[] text = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
    return new ObjectMapper().readTree(new String(text, StandardCharsets.UTF_8));
  }
}
