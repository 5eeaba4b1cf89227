package dev.nofate.billing.invoice;

import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.csv.Csv;
import dev.nofate.billing.paging.NextLink;
import dev.nofate.billing.paging.PageQuery;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The tenant's invoices as observed. */
@Path("/v1/billing/invoices")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.BILLING_READ)
@Tag(name = "Invoices")
public class InvoiceResource {

  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 200;

  private static final Pattern INVOICE = Pattern.compile("in_[A-Za-z0-9_]{1,200}");

  private static final List<String> HEADER =
      List.of(
          "invoice_id",
          "status",
          "amount_due_cents",
          "amount_paid_cents",
          "currency",
          "occurred_at",
          "first_observed_at",
          "observed_at",
          "problem",
          "number",
          "period_start",
          "period_end",
          "hosted_invoice_url",
          "invoice_pdf",
          "links_observed_at");

  private static final String EXAMPLE =
      """
      {"items":[{"invoice_id":"in_1Q2w3E4r5T6y7U8i","status":"PAID","amount_due_cents":2400,
        "amount_paid_cents":2400,"currency":"usd","occurred_at":"2026-12-01T01:00:00.000000Z",
        "first_observed_at":"2026-12-01T00:00:02.310000Z",
        "observed_at":"2026-12-01T01:00:01.840000Z","problem":null,"number":"8C2E41AB-0003",
        "period_start":"2026-11-01T00:00:00.000000Z","period_end":"2026-12-01T00:00:00.000000Z",
        "hosted_invoice_url":"https://invoice.stripe.com/i/acct_1Q2w3E4r/live_YWNjdF8x?s=ap",
        "invoice_pdf":"https://pay.stripe.com/invoice/acct_1Q2w3E4r/live_YWNjdF8x/pdf?s=ap",
        "links_observed_at":"2026-12-01T01:00:00.000000Z"}],"next":null}
      """;

  private final Transactions transactions;
  private final Accounts accounts;
  private final InvoiceList invoices;
  private final NextLink links;
  private final CurrentCaller caller;

  public InvoiceResource(
      Transactions transactions,
      Accounts accounts,
      InvoiceList invoices,
      NextLink links,
      CurrentCaller caller) {
    this.links = links;
    this.transactions = transactions;
    this.accounts = accounts;
    this.invoices = invoices;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "listInvoices",
      summary = "The caller's invoices as observed, newest first",
      description =
          "An after that names no invoice of the caller answers an empty page. Links are Stripe's:"
              + " whoever has one opens the invoice, until Stripe lets the link end.")
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
            examples = @ExampleObject(name = "one invoice", value = EXAMPLE)),
        @Content(
            mediaType = Csv.MEDIA_TYPE,
            schema =
                @Schema(
                    type = SchemaType.STRING,
                    description = "one line an invoice; the last invoice_id continues the list"))
      })
  @APIResponse(responseCode = "400", description = "A parameter out of range")
  @APIResponse(responseCode = "404", description = "No account")
  public Uni<Page<InvoiceView>> list(
      @Parameter(description = "1 to 200, default 50", schema = @Schema(implementation = int.class))
          @QueryParam("limit")
          String limit,
      @Parameter(description = "the next of the page before") @QueryParam("after") String after) {
    int size = (int) PageQuery.number(limit, "limit", DEFAULT_LIMIT, 1, MOST);
    if (after != null && !INVOICE.matcher(after).matches()) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "after is not a cursor of this list");
    }
    TenantId tenant = caller.tenant();
    return links.told(
        accounts
            .require(tenant)
            .flatMap(
                account ->
                    transactions.run(tenant, c -> invoices.behind(c, tenant, after, size + 1)))
            .map(found -> PageQuery.page(found, size, InvoiceView::invoiceId)));
  }

  @GET
  @Produces(Csv.SECOND_CHOICE)
  @Operation(hidden = true)
  public Uni<String> listAsCsv(
      @QueryParam("limit") String limit, @QueryParam("after") String after) {
    return list(limit, after)
        .map(page -> Csv.of(HEADER, page.items().stream().<List<?>>map(this::line).toList()));
  }

  private List<?> line(InvoiceView invoice) {
    return Arrays.asList(
        invoice.invoiceId(),
        invoice.status(),
        invoice.amountDueCents(),
        invoice.amountPaidCents(),
        invoice.currency(),
        invoice.occurredAt(),
        invoice.firstObservedAt(),
        invoice.observedAt(),
        invoice.problem(),
        invoice.number(),
        invoice.periodStart(),
        invoice.periodEnd(),
        invoice.hostedInvoiceUrl(),
        invoice.invoicePdf(),
        invoice.linksObservedAt());
  }
}
