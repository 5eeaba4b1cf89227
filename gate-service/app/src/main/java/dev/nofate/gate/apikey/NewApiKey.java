package dev.nofate.gate.apikey;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.gate.contract.Scope;
import java.util.List;
import java.util.UUID;

/**
 * An API key at the only moment its text is shown.
 *
 * @param id the key's public id
 * @param key the key itself: {@code nf_test_…} or {@code nf_live_…}
 * @param name what its owner calls it
 * @param prefix the first characters of the key
 * @param scopes what it may do
 * @param createdAt RFC 3339 UTC
 * @param expiresAt RFC 3339 UTC, or null when it does not expire
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record NewApiKey(
    UUID id,
    String key,
    String name,
    String prefix,
    List<Scope> scopes,
    String createdAt,
    String expiresAt) {

  @Override
  public String toString() {
    return "NewApiKey[" + id + "]";
  }
}
