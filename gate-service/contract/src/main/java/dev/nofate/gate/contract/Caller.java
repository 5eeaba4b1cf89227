package dev.nofate.gate.contract;

import java.util.Set;
import java.util.UUID;

/**
 * Who is calling, as gate-service found it from an API key.
 *
 * @param tenant the tenant that the key belongs to: every read and write is bound to it
 * @param keyId the key's public id
 * @param scopes what the key may do
 * @param operator whether the tenant is the operator's own
 */
public record Caller(TenantId tenant, UUID keyId, Set<Scope> scopes, boolean operator) {
  public Caller {
    scopes = Set.copyOf(scopes);
  }
}
