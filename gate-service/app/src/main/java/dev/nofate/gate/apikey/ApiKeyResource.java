package dev.nofate.gate.apikey;

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
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/**
 * API keys of the caller's tenant. The operator names another tenant with the query parameter
 * {@code tenant_id}; for anybody else a foreign tenant is answered like a missing one.
 */
@Path("/v1/api-keys")
@RolesAllowed(Scope.Names.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
public class ApiKeyResource {

  static final int MAX_PAGE = 100;
  private static final int DEFAULT_PAGE = 50;

  /** The last second that RFC 3339 can write. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final ApiKeys keys;
  private final CurrentCaller caller;
  private final InstantSource clock;

  ApiKeyResource(ApiKeys keys, CurrentCaller caller, InstantSource clock) {
    this.keys = keys;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "Makes an API key and shows it, once")
  @APIResponse(
      responseCode = "201",
      description = "Made",
      content = @Content(schema = @Schema(implementation = NewApiKey.class)))
  public Uni<NewApiKey> create(
      @QueryParam("tenant_id") Optional<String> tenantId, @NotNull @Valid ApiKeyRequest wish) {
    requireFuture(wish.expiresAt());
    return keys.create(
        tenant(tenantId), caller.get().actor(), wish.name(), wish.scopes(), wish.expiresAt());
  }

  @GET
  @Operation(summary = "Lists the tenant's API keys; a key's text is never shown again")
  public Uni<Page<ApiKey>> list(
      @QueryParam("tenant_id") Optional<String> tenantId,
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
    return keys.list(tenant(tenantId), Optional.ofNullable(PageQuery.id(after, "after")), size + 1)
        .map(found -> page(found, size));
  }

  @POST
  @Path("/{id}/rotation")
  @ResponseStatus(201)
  @Operation(
      summary = "Makes a key that takes another's place, and shows it, once",
      description =
          "Same name and scopes. The old key stays good for overlap_s seconds, and never past its"
              + " own end; without expires_at the new key ends when the old one would have.")
  @APIResponse(
      responseCode = "201",
      description = "Made",
      content = @Content(schema = @Schema(implementation = NewApiKey.class)))
  @APIResponse(responseCode = "409", description = "CONFLICT: the key was revoked or has expired")
  public Uni<NewApiKey> rotate(
      @PathParam("id") String id,
      @QueryParam("tenant_id") Optional<String> tenantId,
      @NotNull @Valid Rotation wish) {
    requireFuture(wish.expiresAt());
    return keys.rotate(
        tenant(tenantId),
        caller.get().actor(),
        uuid(id),
        Duration.ofSeconds(wish.overlapS()),
        wish.expiresAt());
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Revokes an API key; it stops being accepted within 30 seconds")
  public Uni<Void> revoke(
      @PathParam("id") String id, @QueryParam("tenant_id") Optional<String> tenantId) {
    return keys.revoke(tenant(tenantId), caller.get().actor(), uuid(id));
  }

  private void requireFuture(Instant expiresAt) {
    if (expiresAt != null && (!expiresAt.isAfter(clock.instant()) || expiresAt.isAfter(LATEST))) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "expires_at is not in the future, or after the year 9999");
    }
  }

  private TenantId tenant(Optional<String> named) {
    return caller.tenant(named);
  }

  private static UUID uuid(String text) {
    try {
      return TenantId.lenient(text).value();
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
  }

  private static Page<ApiKey> page(List<ApiKey> found, int limit) {
    boolean more = found.size() > limit;
    List<ApiKey> items = more ? found.subList(0, limit) : found;
    return new Page<>(items, more ? items.get(limit - 1).id().toString() : null);
  }
}
