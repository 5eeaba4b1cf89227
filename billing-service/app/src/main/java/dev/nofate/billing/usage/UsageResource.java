package dev.nofate.billing.usage;

import dev.nofate.billing.csv.Csv;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A tenant's usage of the current month. */
@Path("/v1/billing/usage")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.BILLING_READ)
@Tag(name = "Usage")
public class UsageResource {

  private static final String EXAMPLE =
      """
      {"tenant_id":"018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11",
       "from":"2026-11-01T00:00:00.000000Z","to":"2026-12-01T00:00:00.000000Z","currency":"usd",
       "closed":{"entries":1,"units":{"evaluations":1,"bytes_in":234,"bytes_out":567,
         "gates_executed":6,"audit_writes":9},"cost_nanousd":240103425},
       "open":{"after_seq":9,"through_seq":10,"observed_at":"2026-11-23T11:00:12.000000Z",
         "units":{"evaluations":0,"bytes_in":0,"bytes_out":0,"gates_executed":0,"audit_writes":0},
         "price_version":1,"cost_nanousd":0},
       "total_cost_nanousd":240103425}
      """;

  private final MonthFacts months;
  private final CurrentCaller caller;

  public UsageResource(MonthFacts months, CurrentCaller caller) {
    this.months = months;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "showUsage",
      summary = "The caller's usage of the current calendar month in UTC",
      description =
          "closed: units and cost of the ledger entries whose period starts in the month."
              + " open: what came after the last entry as last observed, rated at today's prices.")
  @APIResponse(
      responseCode = "200",
      description = "The month so far",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = UsageView.class),
            examples = @ExampleObject(name = "one closed hour", value = EXAMPLE)),
        @Content(
            mediaType = Csv.MEDIA_TYPE,
            schema = @Schema(type = SchemaType.STRING, description = "one line a part"))
      })
  @APIResponse(responseCode = "404", description = "No account")
  public Uni<UsageView> show() {
    return months.current(caller.tenant()).map(UsageView::of);
  }

  @GET
  @Produces(Csv.SECOND_CHOICE)
  @Operation(hidden = true)
  public Uni<String> showAsCsv() {
    return show().map(UsageCsv::of);
  }
}
