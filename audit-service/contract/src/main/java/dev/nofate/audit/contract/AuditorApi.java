package dev.nofate.audit.contract;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * What the auditor found over all chains, for a page that everybody may see. Service tokens only.
 */
@Path("/internal/auditor")
@Produces(MediaType.APPLICATION_JSON)
public interface AuditorApi {

  /**
   * Counts of chains, and no chain by name.
   *
   * @param chains chains that the auditor knows of
   * @param attested those whose end it reached and signed
   * @param differing those that differ from what was signed
   * @param visitedAt when it last looked at one, RFC 3339 UTC; null before the first
   */
  record AuditorSums(long chains, long attested, long differing, String visitedAt) {}

  /** The counts of this moment. */
  @GET
  @Path("/sums")
  Uni<AuditorSums> sums();
}
