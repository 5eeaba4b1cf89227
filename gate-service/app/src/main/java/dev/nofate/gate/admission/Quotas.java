package dev.nofate.gate.admission;

import dev.nofate.gate.contract.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The quotas that a caller's requests count against. */
@ApplicationScoped
class Quotas {

  private static final int WHOLE = 100;

  private final RateLimitConfig config;

  Quotas(RateLimitConfig config) {
    this.config = config;
  }

  /** The tenant's, and the key's own where a key may have less than the whole. */
  List<Quota> of(Caller caller, long tenantLimit) {
    String key = "nofate:rate:{" + caller.tenant() + "}";
    Quota tenant = Quota.of("tenant", key, tenantLimit, config.burstPercent());
    if (config.keyPercent() >= WHOLE) {
      return List.of(tenant);
    }
    long share = tenantLimit * config.keyPercent() / WHOLE;
    return List.of(
        tenant, Quota.of("key", key + ":" + caller.actor(), share, config.burstPercent()));
  }
}
