package dev.nofate.audit.contract;

import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** What audit-service offers the other services. Service tokens only. */
@Path("/internal/audit")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface AuditLogApi {

  /** Appends events to one chain; answers when they are durable. */
  @POST
  @Path("/appends")
  Uni<AppendReceipt> append(AppendRequest request);

  /**
   * Several appends of one tenant in one transaction: all are durable when this answers, or none of
   * those that the log did not know. Each is idempotent by its own append id, as a single one is.
   *
   * @param requests at most 100, of the same tenant, with different append ids, without {@code
   *     not_before}
   * @return one receipt an append, in their order
   */
  @POST
  @Path("/append-batches")
  Uni<List<AppendReceipt>> appendAll(List<AppendRequest> requests);

  /**
   * Chains that hold events, in order of tenant id.
   *
   * @param after the tenant id to continue behind, or null for the start
   * @param limit at most 1000
   */
  @GET
  @Path("/chains")
  Uni<Page<ChainHead>> chains(@QueryParam("after") String after, @QueryParam("limit") int limit);

  /**
   * The receipt of an event (c2sp.org/tlog-proof): one text that shows it to somebody who asks
   * nobody.
   *
   * @param subject what the event happened to
   * @param type wire name; the last event of this subject and type counts; 404 when there is none
   */
  @GET
  @Path("/chains/{tenant}/receipt")
  @Produces(MediaType.TEXT_PLAIN)
  Uni<String> receipt(
      @PathParam("tenant") TenantId tenant,
      @QueryParam("subject") UUID subject,
      @QueryParam("type") String type);

  /**
   * Events of one chain in order.
   *
   * @param after the {@code seq} to continue behind, 0 for the start
   * @param limit at most 1000
   * @param types wire names of the types to return; none means all
   */
  @GET
  @Path("/chains/{tenant}/events")
  Uni<Page<ChainEvent>> events(
      @PathParam("tenant") TenantId tenant,
      @QueryParam("after") long after,
      @QueryParam("limit") int limit,
      @QueryParam("type") List<String> types);
}
