package dev.nofate.gate.contents;

import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

/** The stored requests of the caller's tenant, for whoever verifies its decisions. */
@Path("/v1/evaluations/contents")
@RolesAllowed(Scope.Names.ADMIN)
@Tag(name = "Evaluations")
public class ContentsResource {

  /** One JSON object a line. */
  static final String JSON_LINES = "application/jsonl";

  private static final String LINE =
      "{\"evaluation_id\":\"0b6f6f0e-55a1-8f6e-9c0e-4f8f2f5f1f10\","
          + "\"received_at\":\"2026-11-23T10:00:00.123456Z\",\"request_base64\":\"e30=\","
          + "\"salt\":\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\","
          + "\"after\":\"MjAyNi0xMS0yM1QxMDowMDowMC4xMjM0NTZa\"}\n";

  private static final String ERASED =
      "{\"evaluation_id\":\"0b6f6f0e-55a1-8f6e-9c0e-4f8f2f5f1f10\","
          + "\"received_at\":\"2026-11-23T10:00:00.123456Z\",\"erased\":true,"
          + "\"after\":\"MjAyNi0xMS0yM1QxMDowMDowMC4xMjM0NTZa\"}\n";

  private final Contents contents;
  private final CurrentCaller caller;

  ContentsResource(Contents contents, CurrentCaller caller) {
    this.contents = contents;
    this.caller = caller;
  }

  @GET
  @Produces(JSON_LINES)
  @Operation(
      summary = "Fetches stored requests",
      description =
          "A line for each evaluation received within the range, oldest first: the body as it was"
              + " received in Base 64 with its commitment's salt, or that it was erased. Each line"
              + " has in after where another request goes on behind it.")
  @APIResponse(
      responseCode = "200",
      description = "Requests, one a line",
      content =
          @Content(
              mediaType = JSON_LINES,
              schema = @Schema(type = SchemaType.STRING),
              examples = {
                @ExampleObject(name = "a request", value = LINE),
                @ExampleObject(name = "an erased one", value = ERASED)
              }))
  @APIResponse(responseCode = "400", description = "BAD_REQUEST")
  @APIResponse(responseCode = "503", description = "UNAVAILABLE")
  public RestMulti<byte[]> list(@BeanParam ContentsRange range) {
    Multi<byte[]> lines = contents.lines(caller.tenant(), range.checked());
    // Items are written as they are, each with a line end behind it.
    return RestMulti.fromMultiData(lines).encodeAsJsonArray(false).build();
  }
}
