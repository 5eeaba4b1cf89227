package dev.nofate.gate.console.audit;

import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.console.remote.ExportClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Map;
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
  public RestMulti<byte[]> export() {
    String name = "chain-" + visitor.tenant() + ".jsonl";
    return RestMulti.fromUniResponse(
        Told.orProblem(exports.open(visitor.bearer())).invoke(ExportPageResource::good),
        ExportPageResource::bytes,
        answer -> Map.of("Content-Disposition", List.of("attachment; filename=\"" + name + "\"")));
  }

  private static Multi<byte[]> bytes(HttpClientResponse answer) {
    return answer.toMulti().map(Buffer::getBytes);
  }

  private static void good(HttpClientResponse answer) {
    if (answer.statusCode() != OK) {
      throw new ProblemException(
          ErrorCode.BAD_GATEWAY, "audit-service answered with status " + answer.statusCode());
    }
  }
}
