package dev.nofate.billing.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** What invoice-worker does on billing-service. Service tokens only. */
@Path("/internal/settlement")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface SettlementApi {

  /**
   * Leases stored webhook events to the caller, oldest first.
   *
   * @param about which ones; absent means all. It stands in the address because a service from
   *     before it was there passes over what it does not know there, and refuses it in the body
   */
  @POST
  @Path("/webhook-events/claims")
  Uni<List<StripeEventClaim>> claim(@QueryParam("about") About about, ClaimRequest request);

  /** Marks a claimed event as done; doing so again changes nothing. */
  @POST
  @Path("/webhook-events/{event}/completion")
  Uni<Void> complete(@PathParam("event") String eventId);

  /**
   * Records that an attempt failed; after the last attempt, or a failure that is for good, the
   * event is parked with the reason.
   */
  @POST
  @Path("/webhook-events/{event}/failure")
  Uni<Void> fail(@PathParam("event") String eventId, Failure failure);

  /** Merges what an event says of an invoice, and moves the standing when that follows. */
  @POST
  @Path("/invoice-observations")
  Uni<Outcome> observe(InvoiceObservation observation);

  /** Asks the payment provider where a subscription stands, and remembers it with the account. */
  @POST
  @Path("/subscription-notices")
  Uni<Noticed> subscription(SubscriptionNotice notice);

  /** Has invoices paid with the payment method that a customer gave on a page. */
  @POST
  @Path("/checkout-notices")
  Uni<Noticed> checkout(CheckoutNotice notice);

  /** Remembers usage that the payment provider accepted and did not count. */
  @POST
  @Path("/meter-faults")
  Uni<Noticed> meterFault(MeterFault fault);

  /** Looks after some customers' invoices at the payment provider, those not seen longest first. */
  @POST
  @Path("/invoice-polls")
  Uni<Polled> pollInvoices();

  /** Suspends every account whose grace period is over; answers how many were. */
  @POST
  @Path("/grace-expirations")
  Uni<Expirations> expireGraces();

  /** Audit events not yet relayed, oldest first. */
  @GET
  @Path("/outbox")
  Uni<List<OutboxEvent>> outbox(@QueryParam("limit") int limit);

  /** Marks an outbox event as recorded in the log. */
  @POST
  @Path("/outbox/{id}/recorded")
  Uni<Void> recorded(@PathParam("id") UUID id);

  /** What an event tells of. */
  enum About {
    /** Of an invoice: its type begins with {@code invoice.} */
    INVOICES,
    /** Of anything else. */
    OTHERS
  }

  /**
   * @param worker the claiming replica's name
   * @param limit at most this many, 1 to 100
   * @param leaseMs how long the events stay the caller's
   */
  record ClaimRequest(String worker, int limit, long leaseMs) {}

  /**
   * @param reason what was observed, without content of the event
   * @param permanent whether no further attempt can end otherwise; absent means false, and false is
   *     not sent, so that a service from before it was there understands the rest
   */
  record Failure(String reason, @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean permanent) {}

  /** What became of an observation. */
  enum Result {
    /** It moved the invoice, and with it perhaps the standing. */
    APPLIED,
    /** The invoice was there already, or beyond. */
    UNCHANGED,
    /** No account has the customer. */
    UNKNOWN_CUSTOMER
  }

  /**
   * @param result what became of the observation
   * @param standing the account's standing afterwards; null for an unknown customer
   */
  record Outcome(Result result, AccountStanding standing) {}

  /**
   * @param result what became of a notice
   */
  record Noticed(Result result) {}

  /**
   * What a poll came to.
   *
   * @param accounts whose invoices were looked at
   * @param found invoices that had moved without an event having said so
   * @param failures accounts whose invoices the payment provider did not show
   */
  record Polled(int accounts, int found, int failures) {}

  /**
   * @param suspended number of accounts suspended by this call
   */
  record Expirations(int suspended) {}
}
