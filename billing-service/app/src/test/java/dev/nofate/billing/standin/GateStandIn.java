package dev.nofate.billing.standin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * gate-service as far as billing-service asks it: whose key a key is, and how many answers stand in
 * a range. A key of a test carries its tenant and its scope in its own text; a range has as many
 * answers as the number of its last event, and nothing is said of where answers and log end.
 */
public final class GateStandIn implements QuarkusTestResourceLifecycleManager {

  private static final String KEY = "nf_test_(billing:read|evaluate|admin)_([0-9a-f-]{36})";

  private static final String CALLER =
      """
      {"caller":{"tenant":"{{regexExtract (jsonPath request.body '$.credential') '[0-9a-f-]{36}$'}}",
        "actor":"018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11",
        "scopes":["{{regexExtract (jsonPath request.body '$.credential') 'billing:read|evaluate|admin'}}"],
        "operator":false}}
      """;

  private static final String OPERATOR =
      """
      {"caller":{"tenant":"%s","actor":"018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b12",
        "scopes":["admin","billing:read"],"operator":true}}
      """
          .formatted(TenantId.OPERATOR);

  /** The session of a person who administers the operator's tenant. */
  public static final String SESSION = "e30.c2Vzc2lvbg.c2lnbmF0dXJl";

  /** What a page with that session sends along. */
  public static final String CSRF_TOKEN = "test-only-csrf-token";

  private static final String PERSON =
      OPERATOR.strip().replaceFirst("}}$", ",\"csrf_tokens\":[\"" + CSRF_TOKEN + "\"]}}");

  private static WireMockServer running;

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").globalTemplating(true));

  /** From now on it is said of this tenant how far its answers and its log reach. */
  public static void ends(TenantId tenant, long lastPlace, Long logEnd) {
    running.stubFor(
        get(urlPathEqualTo("/internal/evaluation-counts/" + tenant))
            .atPriority(0)
            .willReturn(
                okJson(
                    "{\"evaluations\":{{request.query.last_seq}},\"last_place\":%d,\"log_end\":%d }"
                        .formatted(lastPlace, logEnd))));
  }

  /** A key that may read the tenant's bills. */
  public static String reader(TenantId tenant) {
    return "nf_test_billing:read_" + tenant;
  }

  /** A key of the tenant for something else. */
  public static String evaluator(TenantId tenant) {
    return "nf_test_evaluate_" + tenant;
  }

  /** A key with which the tenant administers itself; that of the operator, everything. */
  public static String admin(TenantId tenant) {
    return "nf_test_admin_" + tenant;
  }

  @Override
  public Map<String, String> start() {
    server.start();
    running = server;
    server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(404)));
    server.stubFor(
        post(urlEqualTo("/internal/callers"))
            .atPriority(5)
            .willReturn(okJson("{\"caller\":null}")));
    server.stubFor(
        post(urlEqualTo("/internal/callers"))
            .withRequestBody(matchingJsonPath("$.credential", matching(KEY)))
            .atPriority(1)
            .willReturn(okJson(CALLER)));
    server.stubFor(
        post(urlEqualTo("/internal/callers"))
            .withRequestBody(matchingJsonPath("$.credential", equalTo(admin(TenantId.OPERATOR))))
            .atPriority(0)
            .willReturn(okJson(OPERATOR)));
    server.stubFor(
        get(urlPathMatching("/internal/evaluation-counts/.+"))
            .atPriority(1)
            .willReturn(okJson("{\"evaluations\":{{request.query.last_seq}} }")));
    server.stubFor(
        post(urlEqualTo("/internal/callers"))
            .withRequestBody(matchingJsonPath("$.credential", equalTo(SESSION)))
            .atPriority(0)
            .willReturn(okJson(PERSON)));
    return Map.of("GATE_URL", server.baseUrl());
  }

  @Override
  public void stop() {
    server.stop();
  }
}
