package dev.nofate.billing.settlement;

import dev.nofate.billing.contract.CheckoutNotice;
import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.MeterFault;
import dev.nofate.billing.contract.OutboxEvent;
import dev.nofate.billing.contract.SettlementApi;
import dev.nofate.billing.contract.StripeEventClaim;
import dev.nofate.billing.contract.SubscriptionNotice;
import dev.nofate.billing.invoice.InvoiceObservations;
import dev.nofate.billing.meterfault.MeterFaults;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.page.CheckoutNotices;
import dev.nofate.billing.poll.InvoicePoll;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.standing.GraceExpiry;
import dev.nofate.billing.subscription.SubscriptionNotices;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.webhook.StripeEvents;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;

/** What invoice-worker does here. */
@RolesAllowed("service:invoice-worker")
public class SettlementResource implements SettlementApi {

  private static final int OUTBOX_DEFAULT = 100;
  private static final int OUTBOX_MOST = 500;

  private final Transactions transactions;
  private final StripeEvents events;
  private final InvoiceObservations invoices;
  private final SubscriptionNotices subscriptions;
  private final CheckoutNotices checkouts;
  private final MeterFaults meterFaults;
  private final InvoicePoll poll;
  private final GraceExpiry graces;
  private final Outbox outbox;
  private final DatabaseClock clock;

  public SettlementResource(
      Transactions transactions,
      StripeEvents events,
      InvoiceObservations invoices,
      SubscriptionNotices subscriptions,
      CheckoutNotices checkouts,
      MeterFaults meterFaults,
      InvoicePoll poll,
      GraceExpiry graces,
      Outbox outbox,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.events = events;
    this.invoices = invoices;
    this.subscriptions = subscriptions;
    this.checkouts = checkouts;
    this.meterFaults = meterFaults;
    this.poll = poll;
    this.graces = graces;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public Uni<List<StripeEventClaim>> claim(About about, ClaimRequest request) {
    return events.claim(about, request);
  }

  @Override
  public Uni<Void> complete(String eventId) {
    return events.complete(eventId);
  }

  @Override
  public Uni<Void> fail(String eventId, Failure failure) {
    return failure == null
        ? events.fail(eventId, null, false)
        : events.fail(eventId, failure.reason(), failure.permanent());
  }

  @Override
  public Uni<Outcome> observe(InvoiceObservation observation) {
    return invoices.observe(observation);
  }

  @Override
  public Uni<Noticed> subscription(SubscriptionNotice notice) {
    return subscriptions.notice(notice);
  }

  @Override
  public Uni<Noticed> checkout(CheckoutNotice notice) {
    return checkouts.notice(notice);
  }

  @Override
  public Uni<Noticed> meterFault(MeterFault fault) {
    return meterFaults.notice(fault);
  }

  @Override
  public Uni<Polled> pollInvoices() {
    return poll.run();
  }

  @Override
  public Uni<Expirations> expireGraces() {
    return graces.run().map(Expirations::new);
  }

  /** An absent limit arrives as 0. */
  @Override
  public Uni<List<OutboxEvent>> outbox(int limit) {
    if (limit < 0 || limit > OUTBOX_MOST) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "limit is not a number from 1 to " + OUTBOX_MOST);
    }
    int most = limit == 0 ? OUTBOX_DEFAULT : limit;
    return transactions.run(Purpose.OUTBOX, connection -> outbox.owed(connection, most));
  }

  @Override
  public Uni<Void> recorded(UUID id) {
    return transactions.run(
        Purpose.OUTBOX,
        connection -> clock.now(connection).flatMap(now -> outbox.recorded(connection, id, now)));
  }
}
