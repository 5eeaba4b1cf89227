package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.erasure.Subjects;
import dev.nofate.gate.ruleset.Examples;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
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

/** Evaluations of the caller's tenant. */
@Path("/v1/evaluations")
@RolesAllowed(Scope.Names.EVALUATE)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Evaluations")
public class EvaluationResource {

  private final Door door;
  private final EvaluationStore store;
  private final EvaluationHistory history;
  private final Replay replay;
  private final Subjects subjects;
  private final CurrentCaller caller;

  EvaluationResource(
      Door door,
      EvaluationStore store,
      EvaluationHistory history,
      Replay replay,
      Subjects subjects,
      CurrentCaller caller) {
    this.door = door;
    this.store = store;
    this.history = history;
    this.replay = replay;
    this.subjects = subjects;
    this.caller = caller;
  }

  @POST
  @Path("/forward")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Decides a proposal",
      description =
          "Answers 200 with one of the four terminal states. A repeat with the same key and body"
              + " answers with the same bytes and Idempotent-Replayed: true.")
  @Parameter(
      name = "Idempotency-Key",
      in = ParameterIn.HEADER,
      required = true,
      description = "1 to 255 printable ASCII characters",
      schema = @Schema(type = SchemaType.STRING),
      example = "transfer-2026-11-23-0001")
  @Parameter(
      name = Subjects.HEADER,
      in = ParameterIn.HEADER,
      description =
          "A label of whom the request is about; its contents are erased by it. Kept as a keyed"
              + " digest",
      schema = @Schema(type = SchemaType.STRING),
      example = "customer-42")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = EvaluationRequest.class),
              examples = @ExampleObject(name = "transfer", value = Examples.EVALUATION)))
  @APIResponse(
      responseCode = "200",
      description = "A terminal state",
      content = @Content(schema = @Schema(implementation = EvaluationAnswer.class)))
  @APIResponse(responseCode = "402", description = "BILLING_HOLD")
  @APIResponse(responseCode = "409", description = "IN_PROGRESS")
  @APIResponse(responseCode = "410", description = "GONE")
  @APIResponse(responseCode = "413", description = "PAYLOAD_TOO_LARGE")
  @APIResponse(responseCode = "422", description = "IDEMPOTENCY_KEY_REUSED")
  @APIResponse(responseCode = "429", description = "RATE_LIMIT_EXCEEDED")
  @APIResponse(responseCode = "503", description = "AUDIT_UNAVAILABLE")
  public Uni<RestResponse<byte[]>> forward(
      @Parameter(hidden = true) @jakarta.ws.rs.core.Context HttpHeaders headers, byte[] body) {
    return enter(headers, Direction.FORWARD, body);
  }

  @POST
  @Path("/backward")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Renders a structured outcome",
      description =
          "The rules run with ir as fact; the answer carries each rendering and its digest when"
              + " the cardinality asked for is met. Otherwise as a forward evaluation.")
  @Parameter(
      name = "Idempotency-Key",
      in = ParameterIn.HEADER,
      required = true,
      description = "1 to 255 printable ASCII characters",
      schema = @Schema(type = SchemaType.STRING),
      example = "notice-2026-11-23-0001")
  @Parameter(
      name = Subjects.HEADER,
      in = ParameterIn.HEADER,
      description =
          "A label of whom the request is about; its contents are erased by it. Kept as a keyed"
              + " digest",
      schema = @Schema(type = SchemaType.STRING),
      example = "customer-42")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BackwardRequest.class),
              examples = @ExampleObject(name = "notice", value = Examples.BACKWARD_EVALUATION)))
  @APIResponse(
      responseCode = "200",
      description = "A terminal state",
      content = @Content(schema = @Schema(implementation = EvaluationAnswer.class)))
  @APIResponse(responseCode = "402", description = "BILLING_HOLD")
  @APIResponse(responseCode = "409", description = "IN_PROGRESS")
  @APIResponse(responseCode = "410", description = "GONE")
  @APIResponse(responseCode = "413", description = "PAYLOAD_TOO_LARGE")
  @APIResponse(responseCode = "422", description = "IDEMPOTENCY_KEY_REUSED")
  @APIResponse(responseCode = "429", description = "RATE_LIMIT_EXCEEDED")
  @APIResponse(responseCode = "503", description = "AUDIT_UNAVAILABLE")
  public Uni<RestResponse<byte[]>> backward(
      @Parameter(hidden = true) @jakarta.ws.rs.core.Context HttpHeaders headers, byte[] body) {
    return enter(headers, Direction.BACKWARD, body);
  }

  @POST
  @Path("/{id}/replay")
  @Operation(
      summary = "Derives a stored evaluation again",
      description =
          "From the stored request with the recorded time, salt and ruleset version. Nothing is"
              + " written.")
  @APIResponse(
      responseCode = "200",
      description = "What was recorded beside what came out",
      content = @Content(schema = @Schema(implementation = ReplayAnswer.class)))
  @APIResponse(responseCode = "404", description = "NOT_FOUND")
  @APIResponse(responseCode = "410", description = "GONE")
  public Uni<ReplayAnswer> replay(@PathParam("id") String id) {
    return replay.run(caller.tenant(), uuid(id));
  }

  private Uni<RestResponse<byte[]>> enter(HttpHeaders headers, Direction direction, byte[] body) {
    List<String> keys = headers.getRequestHeader(IdempotencyKey.HEADER);
    IdempotencyKey key = IdempotencyKey.of(keys == null ? List.of() : keys);
    return door.enter(
            caller.get(),
            key,
            direction,
            body == null ? new byte[0] : body,
            subjects.of(caller.tenant(), headers.getRequestHeader(Subjects.HEADER)))
        .map(EvaluationResource::response);
  }

  @GET
  @Operation(summary = "Lists evaluations, newest first")
  public Uni<Page<EvaluationSummary>> list(@BeanParam EvaluationFilter filter) {
    return history.list(caller.tenant(), filter.checked());
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Shows an evaluation: the answer as it was given")
  @APIResponse(
      responseCode = "200",
      description = "The answer",
      content = @Content(schema = @Schema(implementation = EvaluationAnswer.class)))
  @APIResponse(responseCode = "404", description = "NOT_FOUND")
  @APIResponse(responseCode = "410", description = "GONE")
  public Uni<byte[]> show(@PathParam("id") String id) {
    return store
        .find(caller.tenant(), uuid(id))
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .map(
            row -> {
              StoredEvaluation.Content content =
                  row.content().orElseThrow(() -> new ProblemException(ErrorCode.GONE, null));
              return content.answer();
            });
  }

  private static UUID uuid(String text) {
    try {
      return TenantId.lenient(text).value();
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
  }

  private static RestResponse<byte[]> response(Door.Passage passage) {
    RestResponse.ResponseBuilder<byte[]> response =
        RestResponse.ResponseBuilder.ok(passage.answer().body(), MediaType.APPLICATION_JSON);
    RateLimitHeaders.of(passage.ticket()).forEach(response::header);
    response.header("Server-Timing", passage.watch().header());
    if (passage.answer().replayed()) {
      response.header("Idempotent-Replayed", "true");
    }
    return response.build();
  }
}
