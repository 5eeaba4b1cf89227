package dev.nofate.billing.ledger;

import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.csv.Csv;
import dev.nofate.billing.paging.NextLink;
import dev.nofate.billing.paging.PageQuery;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.price.Rating;
import dev.nofate.billing.time.BillingMonth;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The tenant's own ledger. */
@Path("/v1/billing/ledger")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.BILLING_READ)
@Tag(name = "Ledger")
public class LedgerPageResource {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 200;

  private static final String EXAMPLE =
      """
      {"items":[{"tenant":"018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11","entry_no":1,
        "period_start":"2026-11-23T10:00:00.000000Z","period_end":"2026-11-23T11:00:00.000000Z",
        "first_seq":1,"last_seq":9,
        "last_hash":"4c1e0d5a0f2b6a1f9d3c7be8a5f46d20c1b9e87f6d5c4b3a29181706f5e4d3c2",
        "units":{"evaluations":1,"bytes_in":234,"bytes_out":567,"gates_executed":6,"audit_writes":9},
        "price_version":1,"fraction_in":0,"cost_nanousd":240103425,"fraction_out":1027200,
        "usage_hash":"sha256:0b6a1f9d3c7be8a5f46d20c1b9e87f6d5c4b3a29181706f5e4d3c24c1e0d5a0f",
        "filed_at":"2026-11-23T11:00:07.120000Z",
        "reported":{"quantity_cents":24,"carried_in_nanousd":0,"carried_out_nanousd":103425,
          "mode":"mock","reported_at":"2026-11-23T11:00:07.190000Z"}}],"next":null}
      """;

  private final Transactions transactions;
  private final Accounts accounts;
  private final LedgerStore ledger;
  private final NextLink links;
  private final CurrentCaller caller;

  public LedgerPageResource(
      Transactions transactions,
      Accounts accounts,
      LedgerStore ledger,
      NextLink links,
      CurrentCaller caller) {
    this.links = links;
    this.transactions = transactions;
    this.accounts = accounts;
    this.ledger = ledger;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "listLedger",
      summary = "The caller's ledger entries, oldest first",
      description =
          "cost = ⌊(fraction_in + bytes_in × price + bytes_out × price) / 1048576⌋ + gates × price"
              + " + audit events × price, in nano-dollars; fraction_out is the remainder of the"
              + " division.")
  @APIResponse(
      responseCode = "200",
      description = "A page",
      headers =
          @Header(
              name = "Link",
              description = "rel=next: where the list goes on; absent behind its end",
              schema = @Schema(type = SchemaType.STRING)),
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            examples = @ExampleObject(name = "one entry", value = EXAMPLE)),
        @Content(
            mediaType = Csv.MEDIA_TYPE,
            schema = @Schema(type = SchemaType.STRING, description = "one line an entry"))
      })
  @APIResponse(
      responseCode = "400",
      description = "A parameter out of range",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Uni<Page<LedgerLine>> list(
      @Parameter(description = "1 to 200, default 50", schema = @Schema(implementation = int.class))
          @QueryParam("limit")
          String limit,
      @Parameter(description = "the next of the page before") @QueryParam("after") String after,
      @Parameter(description = "only entries of this calendar month in UTC, YYYY-MM")
          @QueryParam("period")
          String period) {
    BillingMonth month = period == null ? null : BillingMonth.parse(period);
    int size = (int) PageQuery.number(limit, "limit", DEFAULT_LIMIT, 1, MOST);
    long from = PageQuery.number(after, "after", 0, 0, Rating.LARGEST);
    TenantId tenant = caller.tenant();
    return links.told(
        accounts
            .require(tenant)
            .flatMap(
                account ->
                    transactions.run(
                        tenant,
                        c ->
                            month == null
                                ? ledger.after(c, tenant, from, size + 1)
                                : ledger.between(
                                    c, tenant, month.from(), month.to(), from, size + 1)))
            .map(entries -> entries.stream().map(LedgerLine::of).toList())
            .map(lines -> PageQuery.page(lines, size, line -> Long.toString(line.entryNo()))));
  }

  @GET
  @Produces(Csv.SECOND_CHOICE)
  @Operation(hidden = true)
  public Uni<String> listAsCsv(
      @QueryParam("limit") String limit,
      @QueryParam("after") String after,
      @QueryParam("period") String period) {
    return list(limit, after, period).map(page -> LedgerCsv.of(page.items()));
  }
}
