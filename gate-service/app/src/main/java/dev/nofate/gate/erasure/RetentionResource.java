package dev.nofate.gate.erasure;

import dev.nofate.gate.audit.AdminAction;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The retention period of the caller's tenant. The operator names another with {@code tenant_id}.
 */
@Path("/v1/retention")
@RolesAllowed(Scope.Names.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Retention")
public class RetentionResource {

  private static final int MAX_DAYS = 36_500;

  private final RetentionStore store;
  private final AuditLog audit;
  private final CurrentCaller caller;

  RetentionResource(RetentionStore store, AuditLog audit, CurrentCaller caller) {
    this.store = store;
    this.audit = audit;
    this.caller = caller;
  }

  @GET
  @Operation(summary = "Shows how long contents are kept")
  public Uni<Retention> show(@QueryParam("tenant_id") Optional<String> tenantId) {
    return store
        .find(caller.tenant(tenantId))
        .map(found -> found.orElseThrow(ProblemException::notFound));
  }

  @PUT
  @Operation(
      summary = "Sets how long contents are kept",
      description = "Contents older than that are erased in the background. null keeps them.")
  @APIResponse(responseCode = "200", description = "Set and recorded")
  @APIResponse(responseCode = "400", description = "BAD_REQUEST")
  @APIResponse(responseCode = "503", description = "AUDIT_UNAVAILABLE")
  public Uni<Retention> set(@QueryParam("tenant_id") Optional<String> tenantId, Retention wish) {
    if (wish == null) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The body was absent");
    }
    Integer days = wish.retentionDays();
    if (days != null && (days < 1 || days > MAX_DAYS)) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "retention_days is not within 1 and " + MAX_DAYS);
    }
    UUID actor = caller.get().actor();
    TenantId tenant = caller.tenant(tenantId);
    return store
        .find(tenant)
        .map(found -> found.orElseThrow(ProblemException::notFound).retentionDays())
        .chain(
            before ->
                audit.record(
                    AdminAction.change(
                        tenant, actor, "retention_set", "retention_days", before, days)))
        .chain(receipt -> store.set(tenant, days))
        .replaceWith(wish);
  }
}
