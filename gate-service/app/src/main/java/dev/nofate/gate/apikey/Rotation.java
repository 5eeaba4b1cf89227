package dev.nofate.gate.apikey;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A wish for a key in another's place.
 *
 * @param overlapS seconds that the old key stays good, 0 to 2592000 (30 days)
 * @param expiresAt RFC 3339, the new key's end; absent for the old one's own
 */
@Schema(name = "Rotation", example = "{\"overlap_s\":86400}")
public record Rotation(
    @JsonProperty(required = true) @Min(0) @Max(2_592_000) int overlapS, Instant expiresAt) {}
