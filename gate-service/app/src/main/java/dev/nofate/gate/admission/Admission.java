package dev.nofate.gate.admission;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Counts a request against its tenant's and its key's limit, and tells early whether it is a
 * repeat.
 */
@ApplicationScoped
public class Admission {

  private final TenantLimits limits;
  private final Quotas quotas;
  private final RedisAdmission redis;

  Admission(TenantLimits limits, Quotas quotas, RedisAdmission redis) {
    this.limits = limits;
    this.quotas = quotas;
    this.redis = redis;
  }

  /** Counts what is asked for, all or none. The ticket may say that a limit is exceeded. */
  public Uni<Ticket> admit(Demand demand) {
    return limits
        .of(demand.caller().tenant())
        .chain(limit -> redis.admit(demand, quotas.of(demand.caller(), limit)));
  }

  /** The request has its answer. */
  public void answered(TenantId tenant, UUID evaluation) {
    redis.answered(tenant, evaluation);
  }

  /** The requests ended without an answer. Completes when repeats are free to come; never fails. */
  public Uni<Void> released(TenantId tenant, List<UUID> evaluations) {
    return redis.released(tenant, evaluations);
  }
}
