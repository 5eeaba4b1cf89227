package dev.nofate.billing.price;

import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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
      {"items":[{"version":1,"effective_from":"1970-01-01T00:00:00.000000Z","currency":"usd",
        "nanousd_per_mib_in":100000000,"nanousd_per_mib_out":150000000,
        "nanousd_per_gate":10000000,"nanousd_per_audit_event":20000000}],"next":null}
      """;

  private final Pool pool;
  private final PriceBook book;

  public PriceResource(Pool pool, PriceBook book) {
    this.pool = pool;
    this.book = book;
  }

  @GET
  @Operation(
      operationId = "listPrices",
      summary = "The versions of the price book, newest first",
      description =
          "A period is priced by the version that was effective when it started. Prices are integers"
              + " in nano-dollars (10⁻⁹ US dollars).")
  @APIResponse(
      responseCode = "200",
      description = "The versions",
      content = @Content(examples = @ExampleObject(name = "first version", value = EXAMPLE)))
  public Uni<Page<PriceView>> list() {
    return book.newest(pool, MOST)
        .map(versions -> new Page<>(versions.stream().map(PriceView::of).toList(), null));
  }
}
