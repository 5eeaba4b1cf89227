package dev.nofate.gate.tenant;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.paging.PageQuery;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Tenants, for the operator. */
@Path("/v1/tenants")
@RolesAllowed(Scope.Names.OPERATOR)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
public class TenantResource {

  private static final int MAX_PAGE = 100;
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_KEY = 255;

  private final Onboarding onboarding;
  private final TenantChanges changes;
  private final TenantStore tenants;
  private final CurrentCaller caller;

  TenantResource(
      Onboarding onboarding, TenantChanges changes, TenantStore tenants, CurrentCaller caller) {
    this.onboarding = onboarding;
    this.changes = changes;
    this.tenants = tenants;
    this.caller = caller;
  }

  @POST
  @ResponseStatus(201)
  @Operation(
      summary = "Makes a tenant with its account, its chain and its first API key",
      description =
          "With an Idempotency-Key the same wish again answers with the same tenant and key.")
  @APIResponse(
      responseCode = "201",
      description = "Made",
      content = @Content(schema = @Schema(implementation = Tenant.class)))
  @APIResponse(responseCode = "422", description = "IDEMPOTENCY_KEY_REUSED")
  public Uni<Tenant> create(
      @HeaderParam("Idempotency-Key") Optional<String> key, @NotNull @Valid TenantRequest wish) {
    if (key.filter(text -> text.isEmpty() || text.length() > MAX_KEY || !printable(text))
        .isPresent()) {
      throw new ProblemException(
          ErrorCode.IDEMPOTENCY_KEY_MISSING,
          "Idempotency-Key is not 1 to 255 printable characters");
    }
    return onboarding.create(caller.get().actor(), wish, key);
  }

  @GET
  @Operation(summary = "Lists the tenants")
  public Uni<Page<Tenant>> list(
      @QueryParam("after")
          @Parameter(
              description = "The value of next of the page before",
              schema = @Schema(type = SchemaType.STRING, format = "uuid"))
          String after,
      @QueryParam("limit")
          @Parameter(
              description = "1 to 100",
              schema = @Schema(type = SchemaType.INTEGER, format = "int32", defaultValue = "50"))
          String limit) {
    int size = PageQuery.number(limit, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
    return tenants
        .list(Optional.ofNullable(PageQuery.id(after, "after")), size + 1)
        .map(found -> page(found, size));
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Shows a tenant")
  public Uni<Tenant> show(@PathParam("id") String id) {
    return tenants.find(tenant(id)).map(found -> found.orElseThrow(ProblemException::notFound));
  }

  @PUT
  @Path("/{id}/rate-limit")
  @Operation(
      summary = "Sets a tenant's own rate limit",
      description = "null gives it the suite's default. The change is recorded in its log.")
  @APIResponse(responseCode = "200", description = "Set and recorded")
  @APIResponse(responseCode = "503", description = "AUDIT_UNAVAILABLE")
  public Uni<Tenant> setRateLimit(@PathParam("id") String id, @NotNull @Valid RateLimit wish) {
    return changes.rateLimit(tenant(id), caller.get().actor(), wish.perMinute());
  }

  @PUT
  @Path("/{id}/organization")
  @Operation(
      summary = "Says whose sessions are a tenant's",
      description =
          "Members of the organization then act for the tenant, with the scopes of their role. null"
              + " ends that. The change is recorded in the tenant's log.")
  @APIResponse(responseCode = "200", description = "Set and recorded")
  @APIResponse(responseCode = "409", description = "CONFLICT: it is another tenant's")
  @APIResponse(responseCode = "503", description = "AUDIT_UNAVAILABLE")
  public Uni<Tenant> setOrganization(
      @PathParam("id") String id, @NotNull @Valid Organization wish) {
    return changes.organization(tenant(id), caller.get().actor(), wish.clerkOrgId());
  }

  private static TenantId tenant(String id) {
    try {
      return TenantId.lenient(id);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
  }

  private static boolean printable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static Page<Tenant> page(List<Tenant> found, int limit) {
    boolean more = found.size() > limit;
    List<Tenant> items = more ? found.subList(0, limit) : found;
    return new Page<>(items, more ? items.get(limit - 1).tenantId().toString() : null);
  }
}
