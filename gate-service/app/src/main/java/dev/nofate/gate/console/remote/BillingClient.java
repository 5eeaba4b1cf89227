package dev.nofate.gate.console.remote;

import dev.nofate.billing.contract.UsageReport;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.identity.TolerantJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** billing-service's public addresses, asked with the visitor's own credential. */
@Path("/v1/billing")
@Produces(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "console-billing")
@RegisterProvider(TolerantJson.class)
public interface BillingClient {

  /** How it is named on pages. */
  String NAME = "billing-service";

  /** An account as far as pages show it. */
  record Account(String standing, String graceUntil, String stripeCustomerId, long version) {}

  /** What the month comes to so far. */
  record Preview(
      String period,
      String from,
      String to,
      String currency,
      UsageUnits units,
      long carriedInNanousd,
      long closedNanousd,
      long openNanousd,
      long amountCents,
      long carriedOutNanousd,
      long reportedCents) {}

  /** A ledger entry. */
  record Entry(
      long entryNo,
      String periodStart,
      String periodEnd,
      long firstSeq,
      long lastSeq,
      UsageUnits units,
      long priceVersion,
      long costNanousd,
      String usageHash,
      UsageReport reported) {}

  /** An invoice as last observed; number, period and links are null while they are not known. */
  record Invoice(
      String invoiceId,
      String status,
      long amountDueCents,
      long amountPaidCents,
      String currency,
      String occurredAt,
      String observedAt,
      String number,
      String periodStart,
      String periodEnd,
      String hostedInvoiceUrl,
      String invoicePdf) {

    /** What the customer knows it by. */
    public String name() {
      return number == null ? invoiceId : number;
    }

    /** Without the links: whoever has one opens the invoice. */
    @Override
    public String toString() {
      return "Invoice[" + invoiceId + ", " + status + "]";
    }
  }

  /** A quantity a month with a price of its own. */
  record Tier(long upTo, long nanousd) {}

  /** A version of the price book. */
  record Price(
      long version,
      TenantId tenantId,
      String effectiveFrom,
      String currency,
      long nanousdPerMibIn,
      long nanousdPerMibOut,
      long nanousdPerGate,
      long nanousdPerAuditEvent,
      Map<String, List<Tier>> tiers) {}

  /** A version to add to the price book; absent tenant: for everybody. */
  record Offer(
      TenantId tenantId,
      String effectiveFrom,
      Long nanousdPerMibIn,
      Long nanousdPerMibOut,
      Long nanousdPerGate,
      Long nanousdPerAuditEvent) {}

  /** A period's figures compared, from the answers to the invoice. */
  record Reconciliation(
      String period,
      String from,
      String to,
      long entries,
      long entriesCounted,
      long entriesReported,
      String countedAt,
      long carriedInNanousd,
      long carriedOutNanousd,
      String verdict,
      List<Check> checks) {}

  /** Figures that stand beside each other. */
  record Check(String name, String verdict, String observed, List<Figure> figures) {}

  /** A figure and where it comes from; null while it is not known. */
  record Figure(String name, Long value, String source) {}

  /** Where a page of the payment provider is. */
  record Address(String url) {}

  /** A webhook event that was given up on. */
  record Parked(
      String eventId, String type, int attempts, String receivedAt, String parkedReason) {}

  /** Usage that the provider accepted and did not count. */
  record Fault(
      String eventId,
      String type,
      String meterId,
      long errors,
      String codes,
      long entries,
      String observedAt) {}

  /** A report whose outcome at the provider could not be found out. */
  record HeldReport(
      TenantId tenantId, long entryNo, String channel, String firstSentAt, String reason) {}

  /** Why an operator acts. */
  record Why(String reason) {}

  @GET
  @Path("/account")
  Uni<Account> account(@HeaderParam("Authorization") String bearer);

  @GET
  @Path("/preview")
  Uni<Preview> preview(@HeaderParam("Authorization") String bearer);

  @GET
  @Path("/ledger")
  Uni<Page<Entry>> ledger(
      @HeaderParam("Authorization") String bearer,
      @QueryParam("limit") int limit,
      @QueryParam("after") String after);

  @GET
  @Path("/invoices")
  Uni<Page<Invoice>> invoices(
      @HeaderParam("Authorization") String bearer,
      @QueryParam("limit") int limit,
      @QueryParam("after") String after);

  @GET
  @Path("/reconciliation")
  Uni<Reconciliation> reconciliation(
      @HeaderParam("Authorization") String bearer, @QueryParam("period") String period);

  @GET
  @Path("/prices")
  Uni<Page<Price>> prices(@HeaderParam("Authorization") String bearer);

  @POST
  @Path("/prices")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Price> addPrices(@HeaderParam("Authorization") String bearer, Offer offer);

  @POST
  @Path("/portal")
  Uni<Address> portal(@HeaderParam("Authorization") String bearer);

  @POST
  @Path("/payment-method")
  Uni<Address> paymentMethod(@HeaderParam("Authorization") String bearer);

  @POST
  @Path("/payment-method/{page}/adoption")
  Uni<Void> adopt(@HeaderParam("Authorization") String bearer, @PathParam("page") String page);

  @GET
  @Path("/meter-faults")
  Uni<Page<Fault>> meterFaults(@HeaderParam("Authorization") String bearer);

  @GET
  @Path("/held-reports")
  Uni<Page<HeldReport>> heldReports(@HeaderParam("Authorization") String bearer);

  @GET
  @Path("/webhooks")
  Uni<Page<Parked>> parked(
      @HeaderParam("Authorization") String bearer, @QueryParam("limit") int limit);

  @POST
  @Path("/webhooks/{event}/replay")
  Uni<Void> replayWebhook(
      @HeaderParam("Authorization") String bearer, @PathParam("event") String event);

  @POST
  @Path("/accounts/{tenant}/hold")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Void> hold(
      @HeaderParam("Authorization") String bearer, @PathParam("tenant") TenantId tenant, Why why);

  @POST
  @Path("/accounts/{tenant}/release")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Void> release(
      @HeaderParam("Authorization") String bearer, @PathParam("tenant") TenantId tenant, Why why);
}
