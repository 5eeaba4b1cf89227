package dev.nofate.billing.contract;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The usage ledger, for meter-worker. Service tokens only. */
@Path("/internal/ledger/{tenant}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface LedgerApi {

  /** How far the tenant's ledger reaches; a tenant without an account gets one. */
  @GET
  @Path("/position")
  Uni<LedgerPosition> position(@PathParam("tenant") TenantId tenant);

  /**
   * Files an entry. The same draft again answers with the entry it made; a draft that overlaps or
   * leaves a gap is refused (409 {@code CONFLICT}).
   */
  @POST
  @Path("/entries")
  Uni<LedgerEntry> file(@PathParam("tenant") TenantId tenant, LedgerEntryDraft draft);

  /** Reports an entry to the payment provider, once; entries are reported in order. */
  @POST
  @Path("/entries/{entry}/report")
  Uni<LedgerEntry> report(@PathParam("tenant") TenantId tenant, @PathParam("entry") long entry);

  /** Remembers the usage of the open period for display. */
  @PUT
  @Path("/open-usage")
  Uni<Void> observeOpenUsage(@PathParam("tenant") TenantId tenant, OpenUsage usage);
}
