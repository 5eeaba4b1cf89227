package dev.nofate.gate.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.gate.apikey.NewApiKey;
import dev.nofate.gate.contract.TenantId;

/**
 * A tenant.
 *
 * @param tenantId the id
 * @param name what the operator calls it
 * @param rateLimitPerMinute its own limit, or null for the suite's default
 * @param clerkOrgId the organization whose sessions are the tenant's, or null
 * @param createdAt RFC 3339 UTC
 * @param apiKey the first key, shown only in the answer that creates the tenant; absent otherwise
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Tenant(
    TenantId tenantId,
    String name,
    Integer rateLimitPerMinute,
    String clerkOrgId,
    String createdAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) NewApiKey apiKey) {

  Tenant with(NewApiKey key) {
    return new Tenant(tenantId, name, rateLimitPerMinute, clerkOrgId, createdAt, key);
  }
}
