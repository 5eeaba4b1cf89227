package dev.nofate.billing.contract;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Comparing the ledger with the chains, for meter-worker. Service tokens only. */
@Path("/internal/recounts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface RecountsApi {

  /**
   * Entries to count: those never counted first, then those counted longest ago.
   *
   * @param limit 1 to 100
   */
  @GET
  Uni<List<RecountTask>> due(@QueryParam("limit") int limit);

  /** Remembers a count. Again, it replaces the one before. */
  @POST
  Uni<Void> counted(Recount recount);
}
