package dev.nofate.billing.contract;

import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Accounts, for gate-service. Service tokens only. */
@Path("/internal/accounts/{tenant}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface AccountsApi {

  /** Makes sure that the tenant has an account, and answers with its standing. */
  @PUT
  Uni<AccountStanding> open(@PathParam("tenant") TenantId tenant);

  /** The standing; 404 when the tenant has no account. */
  @GET
  @Path("/standing")
  Uni<AccountStanding> standing(@PathParam("tenant") TenantId tenant);
}
