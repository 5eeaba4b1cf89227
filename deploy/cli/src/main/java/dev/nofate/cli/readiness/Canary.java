package dev.nofate.cli.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.Json;
import dev.nofate.cli.readiness.Http.Seen;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A tenant of the command's own, at which admission, decisions and standing are seen at work. It is
 * made once in a deployment's life and found again by its idempotency key; its usage is a few
 * cents.
 *
 * @param deployment where it lives
 * @param http sends its requests
 * @param tenantId its id
 * @param key its API key
 */
record Canary(Deployment deployment, Http http, String tenantId, String key) {

  static final String RULESET = "readiness.canary";

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int UNAUTHORIZED = 401;
  private static final String FORWARD = "/v1/evaluations/forward";

  /**
   * Makes or finds it, released and with its ruleset.
   *
   * @param name tells canaries of different limits apart
   * @param perMinute its rate limit
   */
  static Canary of(Deployment deployment, Http http, String name, int perMinute) {
    Canary canary = make(deployment, http, name, perMinute);
    if (canary.get("/v1/evaluations?limit=1").status() == UNAUTHORIZED) {
      // Somebody revoked the first key of the old one: one a day, then.
      String dated = name + "-" + LocalDate.now(ZoneOffset.UTC);
      canary = make(deployment, http, dated, perMinute);
    }
    canary.operator("/v1/billing/accounts/" + canary.tenantId + "/release", reason());
    Seen published = canary.post("/v1/rulesets", ruleset(), Map.of());
    if (published.status() != OK) {
      published.expect(CREATED, "POST /v1/rulesets");
    }
    return canary;
  }

  private static Canary make(Deployment deployment, Http http, String name, int perMinute) {
    String body =
        Json.MAPPER
            .createObjectNode()
            .put("name", "readiness " + name)
            .put("rate_limit_per_minute", perMinute)
            .toString();
    JsonNode made =
        http.post(
                deployment.at("/v1/tenants"),
                body,
                Map.of(
                    "x-api-key",
                    deployment.operatorKey(),
                    "Idempotency-Key",
                    "nofate-readiness-" + name))
            .expect(CREATED, "POST /v1/tenants")
            .json();
    return new Canary(
        deployment, http, made.path("tenant_id").asText(), made.at("/api_key/key").asText());
  }

  /** The body of an evaluation; null leaves the limit out. */
  static String proposal(int amount, Integer limit) {
    var body = Json.MAPPER.createObjectNode().put("ruleset", RULESET);
    body.putObject("proposal").put("amount", amount);
    if (limit != null) {
      body.putObject("context").put("limit", limit);
    }
    return body.put("evaluated_at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
        .toString();
  }

  Seen evaluate(String idempotencyKey, String body) {
    return post(FORWARD, body, Map.of("Idempotency-Key", idempotencyKey));
  }

  /** An evaluation that complies. */
  Seen evaluate() {
    return evaluate(UUID.randomUUID().toString(), proposal(1, 5));
  }

  Seen get(String path) {
    return http.get(deployment.at(path), Map.of("x-api-key", key));
  }

  Seen post(String path, String body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("x-api-key", key);
    return http.post(deployment.at(path), body, all);
  }

  /** A request as the operator. */
  Seen operator(String path, String body) {
    return http.post(deployment.at(path), body, Map.of("x-api-key", deployment.operatorKey()));
  }

  Seen hold() {
    return operator("/v1/billing/accounts/" + tenantId + "/hold", reason());
  }

  Seen release() {
    return operator("/v1/billing/accounts/" + tenantId + "/release", reason());
  }

  JsonNode account() {
    return get("/v1/billing/account").expect(OK, "GET /v1/billing/account").json();
  }

  private static String reason() {
    return "{\"reason\":\"nofate readiness\"}";
  }

  private static String ruleset() {
    try (InputStream in = Canary.class.getResourceAsStream("/readiness/canary-ruleset.json")) {
      return Json.MAPPER.readTree(in).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("the canary's ruleset is not readable", e);
    }
  }

  @Override
  public String toString() {
    return "Canary[" + tenantId + "]";
  }
}
