package dev.nofate.audit.verify;

import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Recomputes the caller's chain. */
@Path("/v1/audit/verify")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.AUDIT_READ)
@Tag(name = "Audit log")
public class VerifyResource {

  private static final String VALID =
      """
      {"valid":true,"events":1,"head":{"tenant":"018f3f6e-7c1a-7000-8000-000000000001","seq":1,
      "at":"2026-11-23T10:00:00.000000Z",
      "hash":"1c244e53aae20ea3d6b381c6bc990100a28348b9c2459a06546488f567324db3"}}
      """;

  private static final String BROKEN =
      """
      {"valid":false,"first_bad_seq":17,
      "reason":{"code":"SEQ_MISSING","text":"seq 18 stands where 17 follows"}}
      """;

  private final ChainCheck check;
  private final CurrentCaller caller;

  VerifyResource(ChainCheck check, CurrentCaller caller) {
    this.check = check;
    this.caller = caller;
  }

  @POST
  @Operation(
      summary = "Recomputes the caller's chain from its content",
      description =
          "Every hash is made again from the stored content. Rows missing at the very end are not visible "
              + "to a chain; a head kept elsewhere shows them.")
  @APIResponse(
      responseCode = "200",
      description = "What was found",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = VerifyAnswer.class),
              examples = {
                @ExampleObject(name = "valid", value = VALID),
                @ExampleObject(name = "broken", value = BROKEN)
              }))
  @APIResponse(
      responseCode = "503",
      description = "As many verifications are running as can run",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Uni<VerifyAnswer> verify() {
    return check.check(caller.tenant().value());
  }
}
