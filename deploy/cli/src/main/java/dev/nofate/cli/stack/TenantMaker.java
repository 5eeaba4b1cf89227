package dev.nofate.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.Json;
import dev.nofate.cli.api.ApiClient;
import java.util.Map;

/**
 * Makes tenants through the operator's interface.
 *
 * @param gatewayUrl the stack's front door
 */
public record TenantMaker(String gatewayUrl) {

  /** Evaluations a minute that no load test of this command reaches. */
  private static final int RATE_LIMIT = 1_000_000;

  private static final int OK = 200;
  private static final int CREATED = 201;

  /**
   * A tenant that was made just now.
   *
   * @param tenantId UUID
   * @param apiKey its first key; shown once
   */
  public record NewTenant(String tenantId, String apiKey) {
    @Override
    public String toString() {
      return "NewTenant[" + tenantId + "]";
    }
  }

  /** Makes a tenant with a rate limit that no load test meets. */
  public NewTenant make(String name, String adminToken) {
    String body =
        Json.MAPPER
            .createObjectNode()
            .put("name", name)
            .put("rate_limit_per_minute", RATE_LIMIT)
            .toString();
    JsonNode made =
        new ApiClient(gatewayUrl, adminToken)
            .post("/v1/tenants", body, Map.of())
            .expect(CREATED, "POST /v1/tenants");
    return new NewTenant(
        made.path("tenant_id").asText(), made.path("api_key").path("key").asText());
  }

  /** The secrets with a tenant whose key is good: the one they hold, or a new one. */
  Secrets withTenant(Secrets secrets) {
    if (secrets.tenant() != null && isGood(secrets.tenant().apiKey())) {
      return secrets;
    }
    NewTenant made = make("demo", secrets.adminToken());
    return secrets.withTenant(new Secrets.DemoTenant(made.tenantId(), made.apiKey()));
  }

  private boolean isGood(String apiKey) {
    return new ApiClient(gatewayUrl, apiKey).get("/v1/evaluations?limit=1").status() == OK;
  }
}
