package dev.nofate.gate.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whose sessions are a tenant's.
 *
 * @param clerkOrgId the organization's id at Clerk, or null for nobody's
 */
@Schema(name = "Organization", example = "{\"clerk_org_id\":\"org_2abCdEf\"}")
public record Organization(
    @JsonProperty(required = true) @Pattern(regexp = "[A-Za-z0-9_-]{1,100}") String clerkOrgId) {}
