package dev.nofate.billing.standing;

import dev.nofate.billing.outbox.Reason;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The operator's own word on an account. */
@Path("/v1/billing/accounts/{tenant}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.OPERATOR)
@Tag(name = "Operator")
public class HoldResource {

  private static final String EXAMPLE = "{\"reason\":\"Chargeback of 2026-11-20 under review.\"}";

  private final Holds holds;
  private final CurrentCaller caller;

  public HoldResource(Holds holds, CurrentCaller caller) {
    this.holds = holds;
    this.caller = caller;
  }

  @POST
  @Path("/hold")
  @Operation(
      operationId = "holdAccount",
      summary = "Suspends an account until it is released",
      description =
          "For the operator. Invoices go on moving the standing underneath. Audited with the"
              + " reason; again on a held account changes nothing.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = Why.class),
              examples = @ExampleObject(name = "under review", value = EXAMPLE)))
  @APIResponse(responseCode = "204", description = "The account is held")
  @APIResponse(responseCode = "400", description = "No reason of 1 to 500 characters")
  @APIResponse(responseCode = "404", description = "No account of this tenant")
  public Uni<Void> hold(@PathParam("tenant") TenantId tenant, Why why) {
    return holds.hold(tenant, reason(why), caller.get().actor());
  }

  @POST
  @Path("/release")
  @Operation(
      operationId = "releaseAccount",
      summary = "Ends a hold",
      description =
          "For the operator. The standing is what the invoices say. Audited with the reason; again"
              + " on an account that is not held changes nothing.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Why.class)))
  @APIResponse(responseCode = "204", description = "The account is not held")
  @APIResponse(responseCode = "400", description = "No reason of 1 to 500 characters")
  @APIResponse(responseCode = "404", description = "No account of this tenant")
  public Uni<Void> release(@PathParam("tenant") TenantId tenant, Why why) {
    return holds.release(tenant, reason(why), caller.get().actor());
  }

  private static String reason(Why why) {
    if (why == null || !Reason.isGiven(why.reason())) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "reason is not " + Reason.FORM);
    }
    return why.reason();
  }

  /**
   * Why an operator acts.
   *
   * @param reason 1 to 500 characters; stands in the tenant's audit log
   */
  public record Why(String reason) {}
}
