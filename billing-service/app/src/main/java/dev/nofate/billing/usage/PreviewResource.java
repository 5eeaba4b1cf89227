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

/** What the current month comes to so far. */
@Path("/v1/billing/preview")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.BILLING_READ)
@Tag(name = "Usage")
public class PreviewResource {

  private static final String EXAMPLE =
      """
      {"tenant_id":"018f3a3e-7c1a-7b6e-9d65-0a5a3c9f2b11","period":"2026-11",
       "from":"2026-11-01T00:00:00.000000Z","to":"2026-12-01T00:00:00.000000Z","currency":"usd",
       "units":{"evaluations":1,"bytes_in":234,"bytes_out":567,"gates_executed":6,"audit_writes":9},
       "carried_in_nanousd":0,"closed_nanousd":240103425,"open_nanousd":0,
       "amount_cents":24,"carried_out_nanousd":103425,"reported_cents":24}
      """;

  private final MonthFacts months;
  private final CurrentCaller caller;

  public PreviewResource(MonthFacts months, CurrentCaller caller) {
    this.months = months;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "previewMonth",
      summary = "What the current calendar month in UTC comes to so far",
      description =
          "10000000 × amount_cents + carried_out_nanousd = carried_in_nanousd + closed_nanousd +"
              + " open_nanousd. Tax is not in it.")
  @APIResponse(
      responseCode = "200",
      description = "The month so far",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = PreviewView.class),
            examples = @ExampleObject(name = "one closed hour", value = EXAMPLE)),
        @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  @APIResponse(responseCode = "404", description = "No account")
  public Uni<PreviewView> show() {
    return months.current(caller.tenant()).map(PreviewView::of);
  }

  @GET
  @Produces(Csv.SECOND_CHOICE)
  @Operation(hidden = true)
  public Uni<String> showAsCsv() {
    return show().map(UsageCsv::of);
  }
}
