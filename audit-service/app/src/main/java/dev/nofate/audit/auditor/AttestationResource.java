package dev.nofate.audit.auditor;

import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the auditor stated about the caller's chain. */
@Path("/v1/audit/attestation")
@RolesAllowed(Scope.Names.AUDIT_READ)
@Tag(name = "Audit log")
public class AttestationResource {

  private final ProgressStore progress;
  private final CurrentCaller caller;

  AttestationResource(ProgressStore progress, CurrentCaller caller) {
    this.progress = progress;
    this.caller = caller;
  }

  @GET
  @Produces("text/plain;charset=UTF-8")
  @Operation(
      summary = "What the auditor verified last, and when, signed",
      description =
          "A signed note: number of events, hash of the last one, root of the tree, when the walk from the first event "
              + "started and when it reached the head. Every hash was made again from content, every signed root "
              + "on the way compared. There is none while the chain differs from what was signed.")
  @APIResponse(
      responseCode = "200",
      description = "The signed note",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(implementation = String.class)))
  @APIResponse(
      responseCode = "404",
      description = "There is none",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Uni<String> attestation() {
    return progress
        .attestation(caller.tenant().value())
        .map(found -> found.orElseThrow(ProblemException::notFound));
  }
}
