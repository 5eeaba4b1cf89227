package dev.nofate.gate.erasure;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The content of one evaluation of the caller's tenant: request, answer and salt. */
@Path("/v1/evaluations/{id}/content")
@RolesAllowed(Scope.Names.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Retention")
public class ContentResource {

  private final Erasures erasures;
  private final CurrentCaller caller;

  ContentResource(Erasures erasures, CurrentCaller caller) {
    this.erasures = erasures;
    this.caller = caller;
  }

  @DELETE
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
        .one(by.tenant(), uuid(id), by.actor())
        .map(
            erasure ->
                new ContentErased(erasure.evaluation(), erasure.reason(), erasure.erasedAt()));
  }

  private static UUID uuid(String text) {
    try {
      return TenantId.lenient(text).value();
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
  }
}
