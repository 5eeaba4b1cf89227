package dev.nofate.gate.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Positive;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A tenant's own rate limit.
 *
 * @param perMinute evaluations a minute, or null for the suite's default
 */
@Schema(name = "RateLimit", example = "{\"per_minute\":600}")
public record RateLimit(@JsonProperty(required = true) @Positive Integer perMinute) {}
