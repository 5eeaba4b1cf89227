package dev.nofate.gate.signin;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A session at the console.
 *
 * @param id its public id: the actor of what is changed in it
 * @param tenant whose data it shows
 * @param tenantName what the operator calls the tenant
 * @param role what may be done in it
 * @param expiresAt when it ends by itself
 */
public record Session(UUID id, TenantId tenant, String tenantName, Role role, Instant expiresAt) {

  /**
   * Who is calling in this session.
   *
   * @param formTokens what its forms carry
   */
  Caller caller(List<String> formTokens) {
    return new Caller(
        tenant, id, role.scopes(), tenant.equals(TenantId.OPERATOR), expiresAt, formTokens);
  }
}
