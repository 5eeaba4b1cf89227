package dev.nofate.invoice.settlement;

import dev.nofate.billing.contract.CheckoutNotice;
import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.MeterFault;
import dev.nofate.billing.contract.OutboxEvent;
import dev.nofate.billing.contract.SettlementApi;
import dev.nofate.billing.contract.SettlementApi.About;
import dev.nofate.billing.contract.SettlementApi.ClaimRequest;
import dev.nofate.billing.contract.SettlementApi.Failure;
import dev.nofate.billing.contract.SettlementApi.Noticed;
import dev.nofate.billing.contract.SettlementApi.Outcome;
import dev.nofate.billing.contract.SettlementApi.Polled;
import dev.nofate.billing.contract.StripeEventClaim;
import dev.nofate.billing.contract.SubscriptionNotice;
import dev.nofate.invoice.call.Calls;
import io.smallrye.mutiny.TimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Stored events, invoices, standing and the outbox, as the worker reaches them. */
@ApplicationScoped
@CircuitBreaker(failOn = {ProcessingException.class, TimeoutException.class})
public class Settlement {

  private final SettlementApi api;
  private final Calls calls;

  @Inject
  Settlement(@RestClient SettlementClient client, Calls calls) {
    this((SettlementApi) client, calls);
  }

  public Settlement(SettlementApi api, Calls calls) {
    this.api = api;
    this.calls = calls;
  }

  /** Leases stored events, oldest first. */
  public List<StripeEventClaim> claim(About about, ClaimRequest request) {
    return calls.await(api.claim(about, request));
  }

  /** A claimed event is done with. */
  public void complete(String eventId) {
    calls.await(api.complete(eventId));
  }

  /** An attempt at a claimed event failed. */
  public void fail(String eventId, Failure failure) {
    calls.await(api.fail(eventId, failure));
  }

  /** Merges what an event says of an invoice; the standing follows in the same transaction. */
  public Outcome observe(InvoiceObservation observation) {
    return calls.await(api.observe(observation));
  }

  /** Has the account follow its subscription. */
  public Noticed subscription(SubscriptionNotice notice) {
    return calls.await(api.subscription(notice));
  }

  /** Has invoices paid with what a customer gave on a page. */
  public Noticed checkout(CheckoutNotice notice) {
    return calls.await(api.checkout(notice));
  }

  /** Tells of usage that was not counted. */
  public Noticed meterFault(MeterFault fault) {
    return calls.await(api.meterFault(fault));
  }

  /** Has some invoices looked after at the payment provider. */
  public Polled pollInvoices() {
    return calls.await(api.pollInvoices());
  }

  /** Suspends the accounts whose grace period is over and answers how many there were. */
  public int expireGraces() {
    return calls.await(api.expireGraces()).suspended();
  }

  /** Audit events that the log does not have yet, oldest first. */
  public List<OutboxEvent> outbox(int limit) {
    return calls.await(api.outbox(limit));
  }

  /** The log has an event of the outbox. */
  public void recorded(UUID id) {
    calls.await(api.recorded(id));
  }
}
