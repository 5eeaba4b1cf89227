package dev.nofate.gate.erasure;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Erasure of all contents about a subject, within the caller's tenant. */
@Path("/v1/erasures")
@RolesAllowed(Scope.Names.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Retention")
public class ErasureResource {

  private final Erasures erasures;
  private final CurrentCaller caller;

  ErasureResource(Erasures erasures, CurrentCaller caller) {
    this.erasures = erasures;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Erases the contents of all evaluations about a subject",
      description =
          "A subject is the label that requests carried in the header No-Fate-Subject. Up to 1000"
              + " contents go with one request; complete tells whether any were left. Evaluations"
              + " that come later are not concerned.")
  @APIResponse(responseCode = "200", description = "Erased and recorded")
  @APIResponse(responseCode = "400", description = "BAD_REQUEST")
  @APIResponse(responseCode = "503", description = "AUDIT_UNAVAILABLE")
  public Uni<SubjectErased> eraseSubject(
      @QueryParam("tenant_id") Optional<String> tenantId, SubjectErasure wish) {
    if (wish == null) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The body was absent");
    }
    return erasures.subject(caller.tenant(tenantId), wish.subject(), caller.get().actor());
  }
}
