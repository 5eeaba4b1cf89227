package dev.nofate.gate.erasure;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Erasure of contents of the caller's tenant. */
@Path("/v1")
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

  @DELETE
  @Path("/evaluations/{id}/content")
  @Operation(
      summary = "Erases an evaluation's request, answer and salt",
      description =
          "The id, the state, the digest and the log stay. Repeats of its idempotency key and its"
              + " replay answer 410. The same request again answers alike.")
  @APIResponse(responseCode = "200", description = "Erased and recorded")
  @APIResponse(responseCode = "404", description = "NOT_FOUND")
  @APIResponse(responseCode = "503", description = "AUDIT_UNAVAILABLE")
  public Uni<ContentErased> erase(@PathParam("id") String id) {
    Caller by = caller.get();
    return erasures
        .one(by.tenant(), uuid(id), by.keyId())
        .map(
            erasure ->
                new ContentErased(erasure.evaluation(), erasure.reason(), erasure.erasedAt()));
  }

  @POST
  @Path("/erasures")
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
  public Uni<SubjectErased> eraseSubject(SubjectErasure wish) {
    if (wish == null) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The body was absent");
    }
    Caller by = caller.get();
    return erasures.subject(by.tenant(), wish.subject(), by.keyId());
  }

  private static UUID uuid(String text) {
    try {
      return TenantId.lenient(text).value();
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
  }
}
