package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.json.Octets;
import dev.nofate.gate.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The key of a request's commitment. It is derived from the idempotency key under the server's
 * secret, so that a retry after a crash finds the same one and nobody else can.
 */
@ApplicationScoped
class Salts {

  private static final String PURPOSE = "commitment-salt";

  private final Secrets secrets;

  Salts(Secrets secrets) {
    this.secrets = secrets;
  }

  Octets current(TenantId tenant, IdempotencyKey key) {
    return Octets.of(secrets.current(PURPOSE, tenant.toString(), key.text()));
  }

  /** Under each live secret, for a request that was recorded before a rotation. */
  List<Octets> live(TenantId tenant, IdempotencyKey key) {
    return secrets.live(PURPOSE, tenant.toString(), key.text()).stream().map(Octets::of).toList();
  }
}
