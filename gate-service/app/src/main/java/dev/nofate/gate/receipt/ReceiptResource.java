package dev.nofate.gate.receipt;

import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One text file that shows, without asking anybody, that an answer is in the log. */
@Path("/v1/evaluations/{id}/receipt")
@RolesAllowed(Scope.Names.EVALUATE)
@Tag(name = "Evaluations")
public class ReceiptResource {

  private final AuditLog log;
  private final CurrentCaller caller;

  ReceiptResource(AuditLog log, CurrentCaller caller) {
    this.log = log;
    this.caller = caller;
  }

  @GET
  @Produces("text/plain;charset=UTF-8")
  @Operation(
      summary = "The receipt of an evaluation's answer",
      description =
          "A proof in the form of c2sp.org/tlog-proof for the event response_emitted: the event with its "
              + "previous hash as extra data, its path to the root, and the signed checkpoint. The public keys stand at "
              + "/.well-known/no-fate/audit-keys.")
  @APIResponse(
      responseCode = "200",
      description = "The receipt",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(implementation = String.class)))
  @APIResponse(
      responseCode = "404",
      description = "NOT_FOUND",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "503",
      description = "AUDIT_UNAVAILABLE",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Uni<String> receipt(@PathParam("id") String id) {
    return log.receipt(caller.tenant(), evaluation(id), EventType.RESPONSE_EMITTED);
  }

  private static UUID evaluation(String text) {
    try {
      return TenantId.lenient(text).value();
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
  }
}
