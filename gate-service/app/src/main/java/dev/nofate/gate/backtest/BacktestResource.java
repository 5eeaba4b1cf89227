package dev.nofate.gate.backtest;

import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.ruleset.Examples;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

/** What a draft would have decided of the caller's own past. */
@Path("/v1/rulesets/{name}/backtest")
@RolesAllowed(Scope.Names.RULESETS_WRITE)
@Tag(name = "Rulesets")
public class BacktestResource {

  /** One JSON object a line. */
  static final String JSON_LINES = "application/jsonl";

  private static final String DIFFERENCE =
      "{\"kind\":\"difference\",\"evaluation_id\":\"0b6f6f0e-55a1-8f6e-9c0e-4f8f2f5f1f10\","
          + "\"received_at\":\"2026-11-23T10:00:00.123456Z\",\"direction\":\"forward\","
          + "\"recorded\":{\"ruleset\":{\"name\":\"payments.transfer\",\"version\":3,"
          + "\"digest\":\"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"},"
          + "\"state\":\"DETERMINISTIC_COMPLIANCE\",\"reason\":null,\"derivation\":["
          + "{\"rule\":\"within-limit\",\"fired\":true,\"outcome\":\"COMPLIANCE\","
          + "\"facts\":[\"context.limit\",\"proposal.amount\"]}]},"
          + "\"draft\":{\"state\":\"DETERMINISTIC_VIOLATION\","
          + "\"reason\":{\"gate\":\"rules\",\"code\":\"RULE_VIOLATION\"},\"derivation\":["
          + "{\"rule\":\"within-limit\",\"fired\":true,\"outcome\":\"VIOLATION\","
          + "\"facts\":[\"context.limit\",\"proposal.amount\"]}]}}\n";

  private static final String SUMS =
      "{\"kind\":\"sums\","
          + "\"draft_digest\":\"sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\","
          + "\"examined\":20,\"same\":18,\"differing\":1,\"erased\":1,\"states\":["
          + "{\"recorded\":\"DETERMINISTIC_COMPLIANCE\",\"draft\":\"DETERMINISTIC_COMPLIANCE\",\"count\":18},"
          + "{\"recorded\":\"DETERMINISTIC_COMPLIANCE\",\"draft\":\"DETERMINISTIC_VIOLATION\",\"count\":1}],"
          + "\"complete\":true,\"next\":null}\n";

  private final Backtests backtests;
  private final CurrentCaller caller;

  BacktestResource(Backtests backtests, CurrentCaller caller) {
    this.backtests = backtests;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(JSON_LINES)
  @Operation(
      summary = "States what a draft would have decided",
      description =
          "The draft is checked as for publishing, then decides the stored requests of the"
              + " evaluations that versions of the ruleset decided, received within the range,"
              + " oldest first, each at its recorded time. A line of kind difference is written for"
              + " each whose state, reason or renderings differ; a line of kind sums after every"
              + " few evaluations, with the sums of this request so far. Only evaluations whose"
              + " content was not erased are decided. When the last line is not complete, its next"
              + " is where another request goes on. Nothing is written, recorded or billed.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Object.class),
              examples = @ExampleObject(name = "transfer", value = Examples.RULESET)))
  @APIResponse(
      responseCode = "200",
      description = "Differences and sums, one a line",
      content =
          @Content(
              mediaType = JSON_LINES,
              schema = @Schema(type = SchemaType.STRING),
              examples = {
                @ExampleObject(name = "a difference", value = DIFFERENCE),
                @ExampleObject(name = "sums", value = SUMS)
              }))
  @APIResponse(responseCode = "400", description = "BAD_REQUEST")
  @APIResponse(responseCode = "422", description = "RULESET_REFUSED, with every fault")
  @APIResponse(responseCode = "503", description = "UNAVAILABLE")
  public RestMulti<byte[]> backtest(
      @PathParam("name") String name, @BeanParam BacktestRange range, byte[] document) {
    Multi<byte[]> lines =
        backtests.lines(caller.tenant(), name, range, document == null ? new byte[0] : document);
    // Items are written as they are, each with a line end behind it.
    return RestMulti.fromMultiData(lines).encodeAsJsonArray(false).build();
  }
}
