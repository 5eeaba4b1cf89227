package dev.nofate.gate.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How long a tenant's contents are kept.
 *
 * @param retentionDays whole days after receipt, 1 to 36500; null keeps them, and has to be stated
 */
@Schema(name = "Retention", example = "{\"retention_days\":365}")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Retention(@JsonProperty(required = true) Integer retentionDays) {}
