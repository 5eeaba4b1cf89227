package dev.nofate.gate.caller;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A caller, as it sees itself.
 *
 * @param tenantId its tenant
 * @param actor whom audit events name
 * @param kind by what it was identified
 * @param scopes what it may do
 * @param operator whether the tenant is the operator's own
 * @param expiresAt RFC 3339 UTC, or null when the credential does not end
 * @param csrfToken a session's token; absent for a key
 */
@Schema(
    name = "Caller",
    example =
        """
        {"tenant_id":"0193b1c0-7e5b-7000-8000-2b1f0c9d4e10",
         "actor":"0193b1c0-7e5b-7000-8000-2b1f0c9d4e11","kind":"api_key","scopes":["evaluate"],
         "operator":false,"expires_at":null}""")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CallerView(
    TenantId tenantId,
    UUID actor,
    Kind kind,
    List<Scope> scopes,
    boolean operator,
    String expiresAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) String csrfToken) {

  /** By what a caller was identified. */
  @Schema(enumeration = {"api_key", "session"})
  public enum Kind {
    API_KEY,
    SESSION;

    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static CallerView of(Caller who) {
    return new CallerView(
        who.tenant(),
        who.actor(),
        who.session() ? Kind.SESSION : Kind.API_KEY,
        who.scopes().stream().sorted().toList(),
        who.operator(),
        who.expiresAt() == null ? null : Micros.text(who.expiresAt()),
        who.session() ? who.csrfTokens().get(0) : null);
  }

  @Override
  public String toString() {
    return "CallerView[" + actor + "]";
  }
}
