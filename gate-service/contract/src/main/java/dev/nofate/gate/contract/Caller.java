package dev.nofate.gate.contract;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who is calling, as gate-service found it from an API key or a person's session.
 *
 * @param tenant the tenant that the credential belongs to: every read and write is bound to it
 * @param actor whom audit events name: the key's public id, or the id that follows from the
 *     person's account at the identity provider
 * @param scopes what the caller may do
 * @param operator whether the tenant is the operator's own
 * @param expiresAt when the credential ends, or null when it does not
 * @param csrfTokens for a session, what a page has to send along when it changes something, the
 *     current one first; empty for a key
 */
public record Caller(
    TenantId tenant,
    UUID actor,
    Set<Scope> scopes,
    boolean operator,
    Instant expiresAt,
    List<String> csrfTokens) {

  public Caller {
    scopes = Set.copyOf(scopes);
    csrfTokens = csrfTokens == null ? List.of() : List.copyOf(csrfTokens);
  }

  /** The owner of an API key. */
  public static Caller key(
      TenantId tenant, UUID keyId, Set<Scope> scopes, boolean operator, Instant expiresAt) {
    return new Caller(tenant, keyId, scopes, operator, expiresAt, List.of());
  }

  /** Whether a person with a session is calling, not a program with a key. */
  public boolean session() {
    return !csrfTokens.isEmpty();
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "Caller[tenant=%s, actor=%s, scopes=%s]".formatted(tenant, actor, scopes);
  }
}
