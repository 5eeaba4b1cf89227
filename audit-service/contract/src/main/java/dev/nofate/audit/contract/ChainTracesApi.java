package dev.nofate.audit.contract;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Which traces the usage in a part of a chain came from. Service tokens only. */
@Path("/internal/audit/chains/{tenant}/traces")
@Produces(MediaType.APPLICATION_JSON)
public interface ChainTracesApi {

  /** The most that is told at once: as many links as a span holds. */
  int MOST = 128;

  /**
   * W3C {@code traceparent} of the sampled appends that recorded usage in a range, in order, at
   * most {@value #MOST}.
   *
   * @param first the first {@code seq} of the range
   * @param last the last {@code seq} of the range
   */
  @GET
  Uni<List<String>> traces(
      @PathParam("tenant") TenantId tenant,
      @QueryParam("first") long first,
      @QueryParam("last") long last);
}
