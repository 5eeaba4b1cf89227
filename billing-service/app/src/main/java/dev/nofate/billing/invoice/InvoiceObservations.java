package dev.nofate.billing.invoice;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.billing.contract.SettlementApi.Outcome;
import dev.nofate.billing.contract.SettlementApi.Result;
import dev.nofate.billing.invoice.InvoiceStore.Known;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.InvoiceDocument;
import dev.nofate.billing.standing.StandingChanges;
import dev.nofate.billing.standing.StandingChanges.Cause;
import dev.nofate.billing.standing.StandingPublisher;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.webhook.StoredInvoices;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Merges what events say of invoices and lets the standing follow, in one transaction under the
 * account's lock. The order of arrival does not matter, nor does repetition.
 */
@ApplicationScoped
public class InvoiceObservations {

  private static final Logger LOG = Logger.getLogger(InvoiceObservations.class);

  private final Transactions transactions;
  private final AccountStore accounts;
  private final InvoiceStore invoices;
  private final InvoiceDocuments documents;
  private final StoredInvoices stored;
  private final StandingChanges changes;
  private final StandingPublisher publisher;
  private final Outbox outbox;
  private final DatabaseClock clock;

  public InvoiceObservations(
      Transactions transactions,
      AccountStore accounts,
      InvoiceStore invoices,
      InvoiceDocuments documents,
      StoredInvoices stored,
      StandingChanges changes,
      StandingPublisher publisher,
      Outbox outbox,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.invoices = invoices;
    this.documents = documents;
    this.stored = stored;
    this.changes = changes;
    this.publisher = publisher;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Applies what an event says; 400 when it is not well-formed. What the customer knows the invoice
   * by stands in the event, as far as it is stored.
   */
  public Uni<Outcome> observe(InvoiceObservation told) {
    Observation observed = Observation.read(told);
    return observe(observed, c -> stored.document(c, observed.eventId(), observed.invoiceId()));
  }

  /** Applies what the provider answered when it was asked. */
  public Uni<Outcome> observe(InvoiceObservation told, InvoiceDocument document) {
    return observe(Observation.read(told), c -> Uni.createFrom().item(document));
  }

  private Uni<Outcome> observe(
      Observation observed, Function<SqlConnection, Uni<InvoiceDocument>> document) {
    return Transactions.detached(
        transactions
            .run(Purpose.CUSTOMERS, connection -> observe(connection, observed, document))
            .call(
                merged ->
                    merged.standingMoved()
                        ? publisher.publish(merged.outcome().standing())
                        : Uni.createFrom().voidItem())
            .map(Merged::outcome));
  }

  private Uni<Merged> observe(
      SqlConnection connection,
      Observation observed,
      Function<SqlConnection, Uni<InvoiceDocument>> document) {
    return accounts
        .lockByCustomer(connection, observed.customerId())
        .flatMap(
            account ->
                account.isEmpty()
                    ? Uni.createFrom()
                        .item(new Merged(new Outcome(Result.UNKNOWN_CUSTOMER, null), false))
                    : Transactions.become(connection, account.get().tenant())
                        .chain(() -> merge(connection, account.get(), observed))
                        .call(
                            merged ->
                                document
                                    .apply(connection)
                                    .chain(it -> documents.keep(connection, observed, it))));
  }

  private Uni<Merged> merge(SqlConnection connection, Account account, Observation observed) {
    return invoices
        .find(connection, observed.invoiceId())
        .flatMap(
            known -> {
              InvoiceStatus before = status(known, account);
              return InvoiceLattice.merge(before, observed.status()) == before
                  ? unmoved(connection, account, before, observed)
                  : clock
                      .now(connection)
                      .flatMap(now -> move(connection, account, before, observed, now));
            });
  }

  /** A draft that could not be finalised stays a draft; that is news all the same. */
  private Uni<Merged> unmoved(
      SqlConnection connection, Account account, InvoiceStatus before, Observation observed) {
    Uni<Boolean> news =
        before == InvoiceStatus.DRAFT && observed.problem() != null
            ? troubled(connection, account, observed)
            : Uni.createFrom().item(false);
    return news.map(
        isNews ->
            new Merged(
                new Outcome(isNews ? Result.APPLIED : Result.UNCHANGED, account.toStanding()),
                false));
  }

  private Uni<Boolean> troubled(SqlConnection connection, Account account, Observation observed) {
    return invoices
        .problem(connection, observed.invoiceId(), observed.problem())
        .invoke(
            news -> {
              if (news) {
                LOG.errorf(
                    "invoice %s of %s was not finalised: %s",
                    observed.invoiceId(), account.tenant(), observed.problem());
              }
            });
  }

  private Uni<Merged> move(
      SqlConnection connection,
      Account account,
      InvoiceStatus before,
      Observation observed,
      Instant now) {
    return invoices
        .save(connection, account.tenant(), observed, now)
        .flatMap(
            saved ->
                outbox.add(
                    connection,
                    account.tenant(),
                    "invoice_state_changed",
                    payload(before, observed),
                    now))
        .call(
            owed ->
                observed.status() == InvoiceStatus.DRAFT && observed.problem() != null
                    ? troubled(connection, account, observed)
                    : Uni.createFrom().voidItem())
        .flatMap(owed -> invoices.anyDelinquent(connection, account.tenant()))
        .flatMap(delinquent -> changes.apply(connection, account, delinquent, cause(observed), now))
        .map(
            after ->
                new Merged(
                    new Outcome(Result.APPLIED, after.toStanding()),
                    after.version() != account.version()));
  }

  private static InvoiceStatus status(Optional<Known> known, Account account) {
    if (known.isPresent() && !known.get().tenant().equals(account.tenant())) {
      throw new ProblemException(ErrorCode.CONFLICT, "The invoice is known as another customer's");
    }
    return known.map(Known::status).orElse(null);
  }

  private static Cause cause(Observation observed) {
    return new Cause(
        "invoice_" + observed.status().name().toLowerCase(Locale.ROOT), observed.invoiceId());
  }

  private static Map<String, Object> payload(InvoiceStatus before, Observation observed) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("invoice_id", observed.invoiceId());
    if (before != null) {
      payload.put("from", before.name());
    }
    payload.put("to", observed.status().name());
    payload.put("event_id", observed.eventId());
    payload.put("amount_due_cents", observed.amountDueCents());
    payload.put("amount_paid_cents", observed.amountPaidCents());
    payload.put("currency", observed.currency());
    return payload;
  }

  private record Merged(Outcome outcome, boolean standingMoved) {}
}
