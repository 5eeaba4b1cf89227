package dev.nofate.billing.webhook;

import dev.nofate.billing.paging.PageQuery;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Stored webhook events that were given up on, for the operator. */
@Path("/v1/billing/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.OPERATOR)
@Tag(name = "Operator")
public class StoredEventResource {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 200;

  private static final String EXAMPLE =
      """
      {"items":[{"event_id":"evt_1Q2w3E4r5T6y7U8i","type":"invoice.paid","attempts":8,
        "received_at":"2026-11-23T10:00:00.120000Z","parked_reason":"UNKNOWN_CUSTOMER"}],"next":null}
      """;

  private final Transactions transactions;
  private final CurrentCaller caller;
  private final ParkedEventStore store;
  private final StripeEvents events;

  public StoredEventResource(
      Transactions transactions,
      ParkedEventStore store,
      StripeEvents events,
      CurrentCaller caller) {
    this.transactions = transactions;
    this.caller = caller;
    this.store = store;
    this.events = events;
  }

  @GET
  @Operation(
      operationId = "listParkedWebhooks",
      summary = "Webhook events that were parked after their last attempt, oldest first",
      description = "For the operator. An event's content is not shown.")
  @APIResponse(
      responseCode = "200",
      description = "The events",
      content = @Content(examples = @ExampleObject(name = "one event", value = EXAMPLE)))
  public Uni<Page<ParkedEvent>> parked(
      @Parameter(description = "1 to 200, default 50", schema = @Schema(implementation = int.class))
          @QueryParam("limit")
          String limit) {
    int size = (int) PageQuery.number(limit, "limit", DEFAULT_LIMIT, 1, MOST);
    return transactions
        .run(connection -> store.oldest(connection, size))
        .map(found -> new Page<>(found, null));
  }

  @POST
  @Path("/{event}/replay")
  @Operation(
      operationId = "replayWebhook",
      summary = "Has a parked or finished webhook event worked off again",
      description =
          "For the operator. The event waits as if it had just arrived; one that waits or is worked"
              + " on stays as it is. Its work has no second effect.")
  @APIResponse(responseCode = "204", description = "The event waits")
  @APIResponse(responseCode = "404", description = "No event of this id")
  public Uni<Void> replay(@PathParam("event") String event) {
    return events.replay(event, caller.get().actor());
  }
}
