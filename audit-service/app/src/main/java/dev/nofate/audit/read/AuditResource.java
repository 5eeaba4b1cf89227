package dev.nofate.audit.read;

import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.ChainHead;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's own chain, page by page. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.AUDIT_READ)
@Tag(name = "Audit log")
public class AuditResource {

  private final EventPages pages;
  private final FilterReader filters;
  private final CurrentCaller caller;

  AuditResource(EventPages pages, FilterReader filters, CurrentCaller caller) {
    this.pages = pages;
    this.filters = filters;
    this.caller = caller;
  }

  @GET
  @Path("/events")
  @Operation(
      summary = "Events of the caller's chain",
      description = "In order of seq. next is absent or null on the last page.")
  @APIResponse(
      responseCode = "200",
      description = "A page of events",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples = @ExampleObject(name = "one event", value = Examples.EVENTS)))
  @APIResponse(
      responseCode = "400",
      description = "A parameter was not understood",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "limit", value = Examples.BAD_LIMIT)))
  public Uni<Page<ChainEvent>> events(@BeanParam EventParameters parameters) {
    return pages.events(caller.tenant(), filters.read(parameters));
  }

  @GET
  @Path("/head")
  @Operation(
      summary = "The end of the caller's chain",
      description = "seq 0 and the genesis hash when nothing was recorded yet.")
  @APIResponse(
      responseCode = "200",
      description = "The end of the chain",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ChainHead.class),
              examples = @ExampleObject(name = "head", value = Examples.HEAD)))
  public Uni<ChainHead> head() {
    return pages.head(caller.tenant());
  }
}
