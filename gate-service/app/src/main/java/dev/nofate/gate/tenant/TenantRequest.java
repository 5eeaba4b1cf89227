package dev.nofate.gate.tenant;

import dev.nofate.gate.apikey.ApiKeyRequest;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A wish for a tenant.
 *
 * @param name 1 to 200 characters
 * @param rateLimitPerMinute evaluations a minute; absent for the suite's default
 */
@Schema(name = "TenantRequest", example = "{\"name\":\"Acme treasury\"}")
public record TenantRequest(
    @NotBlank @Size(max = 200) @Pattern(regexp = ApiKeyRequest.PRINTABLE) String name,
    @Positive Integer rateLimitPerMinute) {}
