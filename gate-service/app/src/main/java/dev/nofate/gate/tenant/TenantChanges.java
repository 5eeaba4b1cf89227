package dev.nofate.gate.tenant;

import dev.nofate.gate.audit.AdminAction;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CallerCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What the operator changes about a tenant, each recorded with what it was before. */
@ApplicationScoped
class TenantChanges {

  private final TenantStore tenants;
  private final AuditLog audit;
  private final CallerCache callers;

  TenantChanges(TenantStore tenants, AuditLog audit, CallerCache callers) {
    this.tenants = tenants;
    this.audit = audit;
    this.callers = callers;
  }

  Uni<Tenant> rateLimit(TenantId tenant, UUID actor, Integer perMinute) {
    return tenants.change(
        tenant,
        "UPDATE tenants SET rate_limit_per_minute = $2 WHERE tenant_id = $1",
        perMinute,
        was ->
            audit.record(
                AdminAction.change(
                    tenant,
                    actor,
                    "rate_limit_set",
                    "rate_limit_per_minute",
                    was.rateLimitPerMinute(),
                    perMinute)));
  }

  /** Sessions of an organization that is no longer linked end as a revoked key does. */
  Uni<Tenant> organization(TenantId tenant, UUID actor, String clerkOrgId) {
    return tenants
        .change(
            tenant,
            "UPDATE tenants SET clerk_org_id = $2 WHERE tenant_id = $1",
            clerkOrgId,
            was ->
                audit.record(
                    AdminAction.change(
                        tenant,
                        actor,
                        "organization_set",
                        "clerk_org_id",
                        was.clerkOrgId(),
                        clerkOrgId)))
        .invoke(callers::clear);
  }
}
