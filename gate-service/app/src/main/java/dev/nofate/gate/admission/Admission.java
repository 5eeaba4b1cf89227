package dev.nofate.gate.admission;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Counts a request against its tenant's limit, and tells early whether it is a repeat. */
@ApplicationScoped
public class Admission {

  private final TenantLimits limits;
  private final RedisAdmission redis;

  Admission(TenantLimits limits, RedisAdmission redis) {
    this.limits = limits;
    this.redis = redis;
  }

  /** Counts the request. The ticket may say that the limit is exceeded. */
  public Uni<Ticket> admit(TenantId tenant, UUID evaluation) {
    return admit(tenant, List.of(evaluation), 1);
  }

  /**
   * Counts several requests at once, all or none.
   *
   * @param evaluations the distinct evaluations they ask for
   * @param requests how many they are
   */
  public Uni<Ticket> admit(TenantId tenant, List<UUID> evaluations, int requests) {
    return limits.of(tenant).chain(limit -> redis.admit(tenant, evaluations, requests, limit));
  }

  /** The request has its answer. */
  public void answered(TenantId tenant, UUID evaluation) {
    redis.answered(tenant, evaluation);
  }

  /** The request ended without an answer. */
  public void released(TenantId tenant, UUID evaluation) {
    redis.released(tenant, evaluation);
  }
}
