package dev.nofate.gate.admission;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Tenants' own limits, remembered for a short time. */
@ApplicationScoped
class TenantLimits {

  private final TenantDb db;
  private final RateLimitConfig config;
  private final AsyncCache<TenantId, Long> known;

  TenantLimits(TenantDb db, RateLimitConfig config) {
    this.db = db;
    this.config = config;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(config.localTenants())
            .expireAfterWrite(config.tenantLimitTtl())
            .buildAsync();
  }

  /** Evaluations a minute. */
  Uni<Long> of(TenantId tenant) {
    return Uni.createFrom()
        .completionStage(
            () ->
                known.get(
                    tenant,
                    (id, executor) -> read(id).subscribeAsCompletionStage().toCompletableFuture()));
  }

  private Uni<Long> read(TenantId tenant) {
    return db.execute(
            tenant,
            "SELECT rate_limit_per_minute FROM tenants WHERE tenant_id = $1",
            Tuple.of(tenant.value()))
        .map(
            rows -> {
              Integer own = rows.iterator().hasNext() ? rows.iterator().next().getInteger(0) : null;
              return own == null ? (long) config.perMinute() : own.longValue();
            });
  }
}
