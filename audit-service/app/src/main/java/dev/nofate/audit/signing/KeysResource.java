package dev.nofate.audit.signing;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whom to believe a checkpoint. */
@Path("/.well-known/no-fate/audit-keys")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "Audit log")
public class KeysResource {

  private static final String EXAMPLE =
      """
      {"host":"audit.example.com","origin":"audit.example.com/audit/{tenant}",
      "keys":[{"algorithm":"Ed25519","public_key":"GlzZBxQ8OExB6DDFvOEqqIF+xWSaqr8sMTiLNbLXRNY=","state":"signing"}]}
      """;

  private final LogKeys keys;

  KeysResource(LogKeys keys) {
    this.keys = keys;
  }

  @GET
  @Operation(
      summary = "The public keys that sign checkpoints, receipts and attestations",
      description =
          "A key signs under the origin of a tenant's log as its name (c2sp.org/signed-note, type 0x01). "
              + "What a retired key signed still counts.")
  @SecurityRequirements
  @APIResponse(
      responseCode = "200",
      description = "The keys, the current one first",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = PublishedKeys.class),
              examples = @ExampleObject(name = "one key", value = EXAMPLE)))
  public PublishedKeys keys() {
    return keys.published();
  }
}
