package dev.nofate.audit.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.event.EventRow;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

/** The caller's chain as JSON Lines, in constant memory however long it is. */
@Path("/v1/audit/export")
@RolesAllowed(Scope.Names.AUDIT_READ)
@Tag(name = "Audit log")
public class ExportResource {

  /** One JSON object a line. */
  static final String JSON_LINES = "application/jsonl";

  private static final String EXAMPLE =
      "{\"at\":\"2026-11-23T10:00:00.000000Z\","
          + "\"hash\":\"1c244e53aae20ea3d6b381c6bc990100a28348b9c2459a06546488f567324db3\","
          + "\"payload\":{\"name_digest\":\"sha256:00\"},\"seq\":1,\"subject\":null,"
          + "\"tenant\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"type\":\"tenant_created\",\"v\":1}\n";

  /** Where an export ends: at what was the last row when it started, whatever stands in it. */
  private record End(long seq, String hash) {
    static End of(UUID tenant, Optional<EventRow> last) {
      return last.map(row -> new End(row.seq(), HexFormat.of().formatHex(row.hash())))
          .orElseGet(() -> new End(0, ChainHash.genesis(tenant).hex()));
    }

    void name(HttpServerResponse response) {
      response.putHeader("Audit-Head-Seq", Long.toString(seq));
      response.putHeader("Audit-Head-Hash", hash);
    }
  }

  private final ChainReader reader;
  private final ExportConfig config;
  private final CurrentCaller caller;
  private final ExportsRunning running;

  ExportResource(
      ChainReader reader, ExportConfig config, CurrentCaller caller, ExportsRunning running) {
    this.reader = reader;
    this.config = config;
    this.caller = caller;
    this.running = running;
  }

  @GET
  @Produces(JSON_LINES)
  @Operation(
      summary = "The caller's chain as JSON Lines",
      description =
          "Each line is an event: the members that its hash covers, and the hash, in the order of RFC 8785. "
              + "The export ends at the head of the moment it starts; the headers name it.")
  @APIResponse(
      responseCode = "200",
      description = "The events, one a line",
      headers = {
        @Header(
            name = "Audit-Head-Seq",
            description = "seq of the last event of the export",
            schema = @Schema(type = SchemaType.INTEGER, format = "int64")),
        @Header(
            name = "Audit-Head-Hash",
            description = "Its hash",
            schema = @Schema(type = SchemaType.STRING))
      },
      content =
          @Content(
              mediaType = JSON_LINES,
              schema = @Schema(type = SchemaType.STRING),
              examples = @ExampleObject(name = "one event", value = EXAMPLE)))
  @APIResponse(
      responseCode = "503",
      description = "As many exports are running as can run",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public RestMulti<byte[]> export(
      @QueryParam("after")
          @Parameter(
              description = "The seq to continue behind; absent is the start.",
              schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
          String after,
      @Context HttpServerResponse response) {
    UUID tenant = caller.tenant().value();
    long start = behind(after);
    Multi<byte[]> export =
        running.bounded(
            caller.tenant(),
            () ->
                reader
                    .last(tenant)
                    .map(last -> End.of(tenant, last))
                    .invoke(end -> end.name(response))
                    .onItem()
                    .transformToMulti(end -> lines(tenant, start, end)));
    // Items are written as they are, each with a line end behind it.
    return RestMulti.fromMultiData(export).encodeAsJsonArray(false).build();
  }

  private Multi<byte[]> lines(UUID tenant, long after, End end) {
    return reader
        .pages(tenant, after, end.seq(), config.pageEvents())
        .onItem()
        .transformToUniAndConcatenate(
            rows ->
                Uni.createFrom()
                    .item(() -> text(rows))
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
  }

  private static byte[] text(List<EventRow> rows) {
    return rows.stream().map(EventRow::line).collect(Collectors.joining("\n")).getBytes(UTF_8);
  }

  private static long behind(String after) {
    if (after == null) {
      return 0;
    }
    if (!after.matches("[0-9]{1,18}")) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The parameter after was not understood");
    }
    return Long.parseLong(after);
  }
}
