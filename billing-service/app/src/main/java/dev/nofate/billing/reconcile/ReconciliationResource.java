package dev.nofate.billing.reconcile;

import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.ledger.LedgerSums;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.time.ReconciliationPeriod;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
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

/** Whether everything adds up, figure by figure. */
@Path("/v1/billing/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.BILLING_READ)
@Tag(name = "Ledger")
public class ReconciliationResource {

  private static final String EXAMPLE =
      """
      {"tenant_id":"018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11","period":"2026-11-23T10",
       "from":"2026-11-23T10:00:00.000000Z","to":"2026-11-23T11:00:00.000000Z","currency":"usd",
       "entries":1,"entries_counted":1,"entries_reported":1,
       "counted_at":"2026-11-23T11:00:41.000000Z","carried_in_nanousd":0,
       "carried_out_nanousd":103425,"verdict":"EQUAL",
       "checks":[{"name":"evaluations","verdict":"EQUAL","observed":"All figures are 1.","figures":[
         {"name":"evaluations_answered","value":1,
          "source":"gate-service: answers stored with a place in the chain range"},
         {"name":"response_emitted","value":1,
          "source":"audit-service: events of the entries' chain ranges"},
         {"name":"usage_recorded","value":1,
          "source":"audit-service: events of the entries' chain ranges"},
         {"name":"ledger_evaluations","value":1,"source":"billing-service: usage_ledger"}]}]}
      """;

  private final Transactions transactions;
  private final Accounts accounts;
  private final LedgerSums sums;
  private final FactStore store;
  private final CurrentCaller caller;

  public ReconciliationResource(
      Transactions transactions,
      Accounts accounts,
      LedgerSums sums,
      FactStore store,
      CurrentCaller caller) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.sums = sums;
    this.store = store;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "reconcile",
      summary = "Whether a month or an hour adds up, from the answers to the invoice",
      description =
          "Evaluations answered, response_emitted and usage_recorded; units in the chain range and"
              + " in the ledger; cents due, reported and invoiced, with the remainder that is"
              + " carried forward. Each figure names its source. Invoices are of months, so an hour"
              + " has no invoiced figure.")
  @APIResponse(
      responseCode = "200",
      description = "The comparison",
      content =
          @Content(
              schema = @Schema(implementation = Reconciliation.class),
              examples = @ExampleObject(name = "an hour", value = EXAMPLE)))
  @APIResponse(
      responseCode = "400",
      description = "The period has another form",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "404", description = "No account")
  public Uni<Reconciliation> reconcile(
      @Parameter(description = "YYYY-MM or YYYY-MM-DDTHH, in UTC", required = true)
          @QueryParam("period")
          String text) {
    ReconciliationPeriod period = ReconciliationPeriod.parse(text);
    TenantId tenant = caller.tenant();
    return accounts
        .require(tenant)
        .flatMap(
            account ->
                transactions.snapshot(tenant, connection -> read(connection, tenant, period)))
        .map(facts -> view(tenant, period, facts));
  }

  private Uni<Facts> read(SqlConnection connection, TenantId tenant, ReconciliationPeriod period) {
    return Uni.combine()
        .all()
        .unis(
            sums.between(connection, tenant, period.from(), period.to()),
            sums.carriedInto(connection, tenant, period.from()),
            store.carriedOut(connection, tenant, period),
            store.counted(connection, tenant, period),
            store.billed(connection, tenant, period))
        .asTuple()
        .map(
            facts ->
                new Facts(
                    facts.getItem1(),
                    facts.getItem2(),
                    facts.getItem3() == null ? facts.getItem2() : facts.getItem3(),
                    facts.getItem4(),
                    facts.getItem5()));
  }

  private static Reconciliation view(TenantId tenant, ReconciliationPeriod period, Facts facts) {
    List<Check> checks = Reconciler.checks(facts, period.month());
    return new Reconciliation(
        tenant,
        period.text(),
        Rfc3339.text(period.from()),
        Rfc3339.text(period.to()),
        "usd",
        facts.ledger().entries(),
        facts.counted().entries(),
        facts.ledger().reports(),
        Rfc3339.text(facts.counted().oldestAt()),
        facts.carriedIn(),
        facts.carriedOut(),
        Reconciler.verdict(checks),
        checks);
  }
}
