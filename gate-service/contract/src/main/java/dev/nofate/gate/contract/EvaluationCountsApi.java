package dev.nofate.gate.contract;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** How many evaluations gate-service has answered, for comparing. Service tokens only. */
@Path("/internal/evaluation-counts/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
public interface EvaluationCountsApi {

  /**
   * Stored evaluations whose last event stands in a range of the tenant's chain.
   *
   * @param firstSeq first event of the range
   * @param lastSeq last event of the range
   * @param from no event of the range is earlier, RFC 3339 UTC
   * @param to no event of the range is later, RFC 3339 UTC
   */
  @GET
  Uni<Answered> answered(
      @PathParam("tenant") TenantId tenant,
      @QueryParam("first_seq") long firstSeq,
      @QueryParam("last_seq") long lastSeq,
      @QueryParam("from") String from,
      @QueryParam("to") String to);

  /**
   * @param evaluations their number
   * @param lastPlace the highest place in the chain among the tenant's newest stored evaluations,
   *     in any range; 0 without one; null from a service that does not say it
   * @param logEnd events in the tenant's chain, read after {@code lastPlace}; null when the log did
   *     not answer
   */
  record Answered(long evaluations, Long lastPlace, Long logEnd) {}
}
