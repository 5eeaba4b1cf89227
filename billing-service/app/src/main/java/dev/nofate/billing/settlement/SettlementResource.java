package dev.nofate.billing.settlement;

import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.OutboxEvent;
import dev.nofate.billing.contract.SettlementApi;
import dev.nofate.billing.contract.StripeEventClaim;
import dev.nofate.billing.invoice.InvoiceObservations;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.standing.GraceExpiry;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.webhook.StripeEvents;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;

/** What invoice-worker does here. */
@RolesAllowed("service:invoice-worker")
public class SettlementResource implements SettlementApi {

  private static final int OUTBOX_DEFAULT = 100;
  private static final int OUTBOX_MOST = 500;

  private final Pool pool;
  private final Transactions transactions;
  private final StripeEvents events;
  private final InvoiceObservations invoices;
  private final GraceExpiry graces;
  private final Outbox outbox;
  private final DatabaseClock clock;

  public SettlementResource(
      Pool pool,
      Transactions transactions,
      StripeEvents events,
      InvoiceObservations invoices,
      GraceExpiry graces,
      Outbox outbox,
      DatabaseClock clock) {
    this.pool = pool;
    this.transactions = transactions;
    this.events = events;
    this.invoices = invoices;
    this.graces = graces;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public Uni<List<StripeEventClaim>> claim(ClaimRequest request) {
    return events.claim(request);
  }

  @Override
  public Uni<Void> complete(String eventId) {
    return events.complete(eventId);
  }

  @Override
  public Uni<Void> fail(String eventId, Failure failure) {
    return events.fail(eventId, failure == null ? null : failure.reason());
  }

  @Override
  public Uni<Outcome> observe(InvoiceObservation observation) {
    return invoices.observe(observation);
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
    return outbox.owed(pool, limit == 0 ? OUTBOX_DEFAULT : limit);
  }

  @Override
  public Uni<Void> recorded(UUID id) {
    return transactions.run(
        connection -> clock.now(connection).flatMap(now -> outbox.recorded(connection, id, now)));
  }
}
