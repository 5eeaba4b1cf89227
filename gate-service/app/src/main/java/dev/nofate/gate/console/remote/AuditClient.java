package dev.nofate.gate.console.remote;

import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.ChainHead;
import dev.nofate.gate.contract.Page;
import dev.nofate.kit.identity.TolerantJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** audit-service's public addresses, asked with the visitor's own credential. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "console-audit")
@RegisterProvider(TolerantJson.class)
public interface AuditClient {

  /** How it is named on pages. */
  String NAME = "audit-service";

  /** What a verification found. */
  record Verification(
      boolean valid, Long events, ChainHead head, Long firstBadSeq, Reason reason) {}

  /** What is wrong with a chain. */
  record Reason(String code, String text) {}

  @GET
  @Path("/head")
  Uni<ChainHead> head(@HeaderParam("Authorization") String bearer);

  @GET
  @Path("/events")
  Uni<Page<ChainEvent>> events(
      @HeaderParam("Authorization") String bearer,
      @QueryParam("after") Long after,
      @QueryParam("limit") int limit,
      @QueryParam("type") String type,
      @QueryParam("subject") String subject);

  @GET
  @Path("/checkpoint")
  @Produces(MediaType.TEXT_PLAIN)
  Uni<String> checkpoint(@HeaderParam("Authorization") String bearer);

  @GET
  @Path("/attestation")
  @Produces(MediaType.TEXT_PLAIN)
  Uni<String> attestation(@HeaderParam("Authorization") String bearer);

  @POST
  @Path("/verify")
  Uni<Verification> verify(@HeaderParam("Authorization") String bearer);
}
