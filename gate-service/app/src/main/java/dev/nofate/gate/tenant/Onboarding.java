package dev.nofate.gate.tenant;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.apikey.ApiKeys;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.id.DerivedId;
import dev.nofate.gate.standing.AccountsClient;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Makes a tenant: account, audit genesis, row, first key. Each step may be done again, so that a
 * wish that was cut off is completed by sending it again with the same Idempotency-Key.
 */
@ApplicationScoped
class Onboarding {

  private static final Logger LOG = Logger.getLogger(Onboarding.class);

  private final TenantStore tenants;
  private final ApiKeys keys;
  private final AuditLog audit;
  private final AccountsClient accounts;
  private final InstantSource clock;

  Onboarding(
      TenantStore tenants,
      ApiKeys keys,
      AuditLog audit,
      @RestClient AccountsClient accounts,
      InstantSource clock) {
    this.tenants = tenants;
    this.keys = keys;
    this.audit = audit;
    this.accounts = accounts;
    this.clock = clock;
  }

  Uni<Tenant> create(UUID actor, TenantRequest wish, Optional<String> idempotencyKey) {
    TenantId tenant =
        new TenantId(
            idempotencyKey
                .map(key -> DerivedId.of("tenant", key))
                .orElseGet(UuidCreator::getTimeOrderedEpoch));
    Instant now = clock.instant();
    return accounts
        .open(tenant)
        .onFailure()
        .transform(Onboarding::billingUnavailable)
        .chain(
            () ->
                audit.append(
                    tenant,
                    DerivedId.of("tenant-created", tenant),
                    EventType.TENANT_CREATED,
                    null,
                    Map.of("actor", actor.toString())))
        .chain(() -> tenants.insert(tenant, wish.name(), wish.rateLimitPerMinute(), now))
        .chain(() -> tenants.find(tenant))
        .map(found -> sameWish(found.orElseThrow(), wish))
        .chain(made -> keys.createFirst(tenant, actor, idempotencyKey).map(made::with));
  }

  private static Tenant sameWish(Tenant made, TenantRequest wish) {
    if (!made.name().equals(wish.name())
        || !Objects.equals(made.rateLimitPerMinute(), wish.rateLimitPerMinute())) {
      throw new ProblemException(ErrorCode.IDEMPOTENCY_KEY_REUSED, null);
    }
    return made;
  }

  private static ProblemException billingUnavailable(Throwable failure) {
    LOG.warnf("an account was not opened: %s: %s", failure.getClass(), failure.getMessage());
    return new ProblemException(ErrorCode.UNAVAILABLE, "The account was not opened")
        .with("Retry-After", "1");
  }
}
