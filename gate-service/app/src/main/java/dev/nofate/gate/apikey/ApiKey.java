package dev.nofate.gate.apikey;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.gate.contract.Scope;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An API key as lists show it.
 *
 * @param id the key's public id
 * @param name what its owner calls it
 * @param prefix the first characters of the key
 * @param scopes what it may do
 * @param createdAt RFC 3339 UTC
 * @param expiresAt RFC 3339 UTC, or null when it does not expire
 * @param revokedAt RFC 3339 UTC, or null while it is good
 * @param lastUsedAt RFC 3339 UTC, to the minute, or null while it was not used
 */
@Schema(
    name = "ApiKey",
    example =
        """
        {"id":"0193b1c0-7e5b-7000-8000-2b1f0c9d4e11","name":"treasury agent",
         "prefix":"nf_live_Qm9v","scopes":["evaluate"],
         "created_at":"2026-11-23T10:00:00.000000Z","expires_at":null,"revoked_at":null,
         "last_used_at":"2026-11-23T10:05:00.000000Z"}""")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ApiKey(
    UUID id,
    String name,
    String prefix,
    List<Scope> scopes,
    String createdAt,
    String expiresAt,
    String revokedAt,
    String lastUsedAt) {}
