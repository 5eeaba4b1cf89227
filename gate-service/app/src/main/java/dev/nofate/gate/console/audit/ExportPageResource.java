package dev.nofate.gate.console.audit;

import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.console.remote.ExportClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.RestMulti;

/** The chain as a file, for the offline verifier. */
@Path("/console/audit/export")
@RolesAllowed(Scope.Names.AUDIT_READ)
public class ExportPageResource {

  private static final int OK = 200;

  private final ExportClient exports;
  private final Visitor visitor;

  ExportPageResource(ExportClient exports, Visitor visitor) {
    this.exports = exports;
    this.visitor = visitor;
  }

  /** Streams audit-service's own export through. */
  @GET
  @Produces("application/jsonl")
  public RestMulti<byte[]> export(@Context HttpServerResponse response) {
    String name = "chain-" + visitor.tenant() + ".jsonl";
    Multi<byte[]> pieces =
        Told.orProblem(exports.open(visitor.bearer()))
            .invoke(ExportPageResource::good)
            .invoke(
                answer ->
                    response.putHeader(
                        "Content-Disposition", "attachment; filename=\"" + name + "\""))
            .onItem()
            .transformToMulti(ExportPageResource::pieces);
    // Items are written as they are, each with a line end behind it.
    return RestMulti.fromMultiData(pieces).encodeAsJsonArray(false).build();
  }

  private static Multi<byte[]> pieces(HttpClientResponse answer) {
    WholeLines lines = new WholeLines();
    return answer
        .toMulti()
        .onItem()
        .transformToIterable(buffer -> lines.take(buffer.getBytes()))
        .onCompletion()
        .continueWith(lines::end);
  }

  private static void good(HttpClientResponse answer) {
    if (answer.statusCode() != OK) {
      throw new ProblemException(
          ErrorCode.BAD_GATEWAY, "audit-service answered with status " + answer.statusCode());
    }
  }
}
