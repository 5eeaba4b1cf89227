package dev.nofate.gate.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.erasure.Subjects;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Forward evaluations that come together. */
@Path("/v1/evaluations/batch")
@RolesAllowed(Scope.Names.EVALUATE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Evaluations")
public class BatchResource {

  private final Batch batch;
  private final Subjects subjects;
  private final EvaluateConfig config;
  private final CurrentCaller caller;
  private final ObjectMapper json;

  BatchResource(
      Batch batch,
      Subjects subjects,
      EvaluateConfig config,
      CurrentCaller caller,
      ObjectMapper json) {
    this.batch = batch;
    this.subjects = subjects;
    this.config = config;
    this.caller = caller;
    this.json = json;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Decides up to 100 proposals",
      description =
          "Each item has its own key, state and audit entries, and counts against the rate limit;"
              + " the batch is admitted whole or not at all. The items of the answer stand in the"
              + " order of the request: each holds the answer or the problem that the single"
              + " endpoint gives.")
  @Parameter(
      name = Subjects.HEADER,
      in = ParameterIn.HEADER,
      description =
          "A label of whom all items are about; its contents are erased by it. Kept as a keyed"
              + " digest",
      schema = @Schema(type = SchemaType.STRING),
      example = "customer-42")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BatchRequest.class),
              examples = @ExampleObject(name = "two transfers", value = BatchRequest.EXAMPLE)))
  @APIResponse(
      responseCode = "200",
      description = "A result for each item",
      content = @Content(schema = @Schema(implementation = BatchAnswer.class)))
  @APIResponse(responseCode = "400", description = "BAD_REQUEST")
  @APIResponse(responseCode = "413", description = "PAYLOAD_TOO_LARGE")
  @APIResponse(responseCode = "429", description = "RATE_LIMIT_EXCEEDED")
  @APIResponse(responseCode = "503", description = "UNAVAILABLE")
  public Uni<RestResponse<byte[]>> batch(
      @Parameter(hidden = true) @Context HttpHeaders headers, byte[] body) {
    List<BatchItem> items =
        BatchReader.read(body == null ? new byte[0] : body, config.batchItems());
    return batch
        .enter(
            caller.get(),
            items,
            subjects.of(caller.tenant(), headers.getRequestHeader(Subjects.HEADER)))
        .map(
            passage -> {
              RestResponse.ResponseBuilder<byte[]> response =
                  RestResponse.ResponseBuilder.ok(
                      BatchAnswer.write(json, items, passage.results()),
                      MediaType.APPLICATION_JSON);
              RateLimitHeaders.of(passage.ticket()).forEach(response::header);
              return response.build();
            });
  }
}
