package dev.nofate.gate.apikey;

import dev.nofate.gate.contract.Scope;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A wish for a key.
 *
 * @param name what its owner calls it, 1 to 200 characters
 * @param scopes what it may do: at least one
 * @param expiresAt RFC 3339, or absent when it does not expire
 */
@Schema(name = "ApiKeyRequest", example = "{\"name\":\"treasury agent\",\"scopes\":[\"evaluate\"]}")
public record ApiKeyRequest(
    @NotBlank @Size(max = 200) @Pattern(regexp = PRINTABLE) String name,
    @NotEmpty @Size(max = 5) List<@NotNull Scope> scopes,
    Instant expiresAt) {

  /** No control characters, no lone surrogates. */
  public static final String PRINTABLE = "[^\\p{Cc}\\p{Cs}]*";
}
