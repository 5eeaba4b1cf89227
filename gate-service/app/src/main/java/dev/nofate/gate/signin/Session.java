package dev.nofate.gate.signin;

import dev.nofate.gate.contract.TenantId;
import java.time.Instant;
import java.util.UUID;

/**
 * A session at the console.
 *
 * @param id its public id
 * @param tenant whose data it shows
 * @param tenantName what the operator calls the tenant
 * @param holder what may be done in it follows from this
 * @param expiresAt when it ends by itself
 */
public record Session(
    UUID id, TenantId tenant, String tenantName, Holder holder, Instant expiresAt) {

  /** Whether the identity provider opened it, and has a session of its own beside it. */
  public boolean byProvider() {
    return holder instanceof Membership;
  }

  Session with(Holder other) {
    return new Session(id, tenant, tenantName, other, expiresAt);
  }
}
