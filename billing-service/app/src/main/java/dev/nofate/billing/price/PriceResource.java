package dev.nofate.billing.price;

import dev.nofate.billing.postgres.Transactions;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The price book, for whoever re-adds a bill. */
@Path("/v1/billing/prices")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.BILLING_READ)
@Tag(name = "Prices")
public class PriceResource {

  /** More versions than hours anybody changed a price in; the newest win. */
  private static final int MOST = 1000;

  private static final String EXAMPLE =
      """
      {"items":[{"version":1,"tenant_id":null,"effective_from":"1970-01-01T00:00:00.000000Z",
        "currency":"usd","minor_unit_nanousd":10000000,"nanousd_per_mib_in":100000000,"nanousd_per_mib_out":150000000,
        "nanousd_per_gate":10000000,"nanousd_per_audit_event":20000000,"tiers":{}}],"next":null}
      """;

  private static final String OFFER =
      """
      {"effective_from":"2027-01-01T00:00:00Z","tenant_id":"018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11",
       "nanousd_per_mib_in":100000000,"nanousd_per_mib_out":150000000,
       "nanousd_per_gate":10000000,"nanousd_per_audit_event":20000000,
       "tiers":{"bytes_in":[{"up_to":1073741824,"nanousd":0}],
         "gates_executed":[{"up_to":60000,"nanousd":10000000},{"up_to":600000,"nanousd":9000000}]}}
      """;

  private final Transactions transactions;
  private final PriceBook book;
  private final PriceChanges changes;
  private final CurrentCaller caller;

  public PriceResource(
      Transactions transactions, PriceBook book, PriceChanges changes, CurrentCaller caller) {
    this.transactions = transactions;
    this.book = book;
    this.changes = changes;
    this.caller = caller;
  }

  @POST
  @RolesAllowed(Scope.Names.OPERATOR)
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  @Operation(
      operationId = "addPrices",
      summary = "Adds a version to the price book",
      description =
          "For the operator. The version prices periods that start at effective_from or later, for"
              + " everybody or for one tenant, whose own prices come before everybody's. A version"
              + " is never changed; the same request again answers with the version it made. A"
              + " tier's quantity counts from the start of the calendar month in UTC; a tier of"
              + " price 0 is an included quantity.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = PriceOffer.class),
              examples = @ExampleObject(name = "of one tenant", value = OFFER)))
  @APIResponse(
      responseCode = "201",
      description = "The version",
      content = @Content(schema = @Schema(implementation = PriceView.class)))
  @APIResponse(responseCode = "400", description = "The prices are not well-formed")
  @APIResponse(responseCode = "404", description = "No account of this tenant")
  @APIResponse(responseCode = "409", description = "The hour has begun, or has other prices")
  public Uni<PriceView> add(PriceOffer offer) {
    if (offer == null) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The request had no body");
    }
    return changes.add(offer, caller.get().actor()).map(PriceView::of);
  }

  @GET
  @Operation(
      operationId = "listPrices",
      summary = "The versions of the price book, newest first",
      description =
          "A period is priced by the version that was effective when it started. Prices are"
              + " integers in nano-dollars (10⁻⁹ US dollars).")
  @APIResponse(
      responseCode = "200",
      description = "The versions",
      content = @Content(examples = @ExampleObject(name = "first version", value = EXAMPLE)))
  public Uni<Page<PriceView>> list() {
    TenantId tenant = caller.tenant();
    return transactions
        .run(tenant, connection -> book.of(connection, tenant, MOST))
        .map(versions -> new Page<>(versions.stream().map(PriceView::of).toList(), null));
  }
}
