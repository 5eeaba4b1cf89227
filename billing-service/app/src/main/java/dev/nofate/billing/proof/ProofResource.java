package dev.nofate.billing.proof;

import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.ledger.Entry;
import dev.nofate.billing.ledger.LedgerLine;
import dev.nofate.billing.ledger.LedgerStore;
import dev.nofate.billing.ledger.LedgerSums;
import dev.nofate.billing.paging.PageQuery;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.price.PriceBook;
import dev.nofate.billing.price.PriceView;
import dev.nofate.billing.price.Rating;
import dev.nofate.billing.time.BillingMonth;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a month's bill is made of, for whoever adds it again. */
@Path("/v1/billing/proof")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.BILLING_READ)
@Tag(name = "Ledger")
public class ProofResource {

  private static final int MOST = 1000;
  private static final long NANOUSD_PER_CENT = 10_000_000;

  private static final String EXAMPLE =
      """
      {"tenant_id":"018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11","period":"2026-11",
       "from":"2026-11-01T00:00:00.000000Z","to":"2026-12-01T00:00:00.000000Z","currency":"usd",
       "minor_unit_nanousd":10000000,
       "units_before":{"evaluations":0,"bytes_in":0,"bytes_out":0,"gates_executed":0,"audit_writes":0},
       "prices":[{"version":1,"tenant_id":null,"effective_from":"1970-01-01T00:00:00.000000Z",
         "currency":"usd","minor_unit_nanousd":10000000,"nanousd_per_mib_in":100000000,
         "nanousd_per_mib_out":150000000,"nanousd_per_gate":10000000,
         "nanousd_per_audit_event":20000000,"tiers":{}}],
       "entries":[{"tenant":"018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11","entry_no":1,
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
  private final LedgerSums sums;
  private final PriceBook book;
  private final CurrentCaller caller;

  public ProofResource(
      Transactions transactions,
      Accounts accounts,
      LedgerStore ledger,
      LedgerSums sums,
      PriceBook book,
      CurrentCaller caller) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.ledger = ledger;
    this.sums = sums;
    this.book = book;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "proveBill",
      summary = "A month's ledger entries with everything they were computed from",
      description =
          "Chain range, units, prices, cost, carried remainders and usage hash of each entry, so"
              + " that an exported chain gives the same cents without asking the service.")
  @APIResponse(
      responseCode = "200",
      description = "A page of the proof",
      content =
          @Content(
              schema = @Schema(implementation = Proof.class),
              examples = @ExampleObject(name = "one entry", value = EXAMPLE)))
  @APIResponse(
      responseCode = "400",
      description = "A parameter out of range",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "404", description = "No account")
  public Uni<Proof> prove(
      @Parameter(description = "calendar month in UTC, YYYY-MM", required = true)
          @QueryParam("period")
          String period,
      @Parameter(
              description = "1 to 1000, default 1000",
              schema = @Schema(implementation = int.class))
          @QueryParam("limit")
          String limit,
      @Parameter(description = "the next of the page before") @QueryParam("after") String after) {
    BillingMonth month = BillingMonth.parse(period);
    int size = (int) PageQuery.number(limit, "limit", MOST, 1, MOST);
    long behind = PageQuery.number(after, "after", 0, 0, Rating.LARGEST);
    TenantId tenant = caller.tenant();
    return accounts
        .require(tenant)
        .flatMap(
            account ->
                transactions.run(
                    tenant,
                    c -> ledger.between(c, tenant, month.from(), month.to(), behind, size + 1)))
        .map(found -> PageQuery.page(found, size, entry -> Long.toString(entry.entryNo())))
        .flatMap(page -> proof(tenant, month, page));
  }

  /** Entries and prices are never changed, so the reads need no common snapshot. */
  private Uni<Proof> proof(TenantId tenant, BillingMonth month, Page<Entry> page) {
    return transactions.run(tenant, connection -> proof(connection, tenant, month, page));
  }

  private Uni<Proof> proof(
      SqlClient client, TenantId tenant, BillingMonth month, Page<Entry> page) {
    return Uni.combine()
        .all()
        .unis(before(client, tenant, month, page.items()), candidates(client, tenant, month))
        .asTuple()
        .map(
            facts ->
                new Proof(
                    tenant,
                    month.toString(),
                    Rfc3339.text(month.from()),
                    Rfc3339.text(month.to()),
                    "usd",
                    NANOUSD_PER_CENT,
                    facts.getItem1(),
                    facts.getItem2(),
                    page.items().stream().map(LedgerLine::of).toList(),
                    page.next()));
  }

  private Uni<UsageUnits> before(
      SqlClient client, TenantId tenant, BillingMonth month, List<Entry> entries) {
    return entries.isEmpty()
        ? Uni.createFrom().item(UsageUnits.NONE)
        : sums.between(client, tenant, month.from(), entries.get(0).periodStart())
            .map(LedgerSums.Sum::units);
  }

  private Uni<List<PriceView>> candidates(SqlClient client, TenantId tenant, BillingMonth month) {
    return book.between(client, tenant, month.from(), month.to())
        .map(found -> found.stream().map(PriceView::of).toList());
  }
}
