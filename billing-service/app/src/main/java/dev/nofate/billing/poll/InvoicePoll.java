package dev.nofate.billing.poll;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.account.Adoption;
import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.SettlementApi.Polled;
import dev.nofate.billing.contract.SettlementApi.Result;
import dev.nofate.billing.invoice.InvoiceObservations;
import dev.nofate.billing.invoice.InvoiceStore;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.InvoiceState;
import dev.nofate.billing.tax.Taxes;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.time.Rfc3339;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the provider for invoices as they stand, so that a webhook that never came is found. What it
 * finds is merged like what an event says; an account is one replica's at a time, and after a
 * failure the rest of the call is left out.
 */
@ApplicationScoped
public class InvoicePoll {

  private static final Logger LOG = Logger.getLogger(InvoicePoll.class);

  /** In the place of an event's id, in front of the invoice's. */
  private static final String NO_EVENT = "evt_poll_";

  private final Transactions transactions;
  private final AccountStore accounts;
  private final Adoption adoption;
  private final InvoiceStore invoices;
  private final InvoiceObservations observations;
  private final InvoiceLines lines;
  private final Taxes taxes;
  private final PaymentProvider provider;
  private final DatabaseClock clock;
  private final PollConfig config;
  private final Counter polled;
  private final Counter found;
  private final Counter failures;

  public InvoicePoll(
      Transactions transactions,
      AccountStore accounts,
      Adoption adoption,
      InvoiceStore invoices,
      InvoiceObservations observations,
      InvoiceLines lines,
      Taxes taxes,
      PaymentProvider provider,
      DatabaseClock clock,
      PollConfig config,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.adoption = adoption;
    this.invoices = invoices;
    this.observations = observations;
    this.lines = lines;
    this.taxes = taxes;
    this.provider = provider;
    this.clock = clock;
    this.config = config;
    this.polled = metrics.counter("nofate.billing.poll.accounts");
    this.found = metrics.counter("nofate.billing.poll.found");
    this.failures = metrics.counter("nofate.billing.poll.failures");
  }

  /** Looks at the accounts that are due, up to the call's bounds of number and time. */
  public Uni<Polled> run() {
    return Transactions.detached(
        Uni.createFrom()
            .deferred(
                () ->
                    run(
                        config.accounts(),
                        System.nanoTime() + config.time().toNanos(),
                        new Polled(0, 0, 0))));
  }

  private Uni<Polled> run(int left, long untilNanos, Polled sum) {
    if (left == 0 || sum.failures() > 0 || System.nanoTime() - untilNanos >= 0) {
      return Uni.createFrom().item(sum);
    }
    return transactions
        .run(Purpose.POLL, this::next)
        .flatMap(
            next ->
                next.due().isEmpty()
                    ? Uni.createFrom().item(sum)
                    : poll(next.due().get(), next.now())
                        .flatMap(one -> run(left - 1, untilNanos, plus(sum, one))));
  }

  private Uni<Next> next(SqlConnection connection) {
    return clock
        .now(connection)
        .flatMap(
            now ->
                accounts
                    .nextToPoll(connection, provider.realm(), now, now.minus(config.interval()))
                    .map(due -> new Next(due, now)));
  }

  private Uni<Polled> poll(Account account, Instant now) {
    return adoption
        .adopt(account)
        .flatMap(
            known ->
                transactions.run(account.tenant(), c -> invoices.oldestUnpaid(c, account.tenant())))
        .map(oldest -> since(oldest, now))
        .flatMap(since -> provider.invoices(account.customerId(), since, now))
        .flatMap(states -> merge(account, states, now))
        .call(moved -> taxes.follow(account))
        .map(moved -> new Polled(1, moved, 0))
        .invoke(one -> polled.increment())
        .onFailure()
        .recoverWithItem(
            failure -> {
              failures.increment();
              LOG.warnf(
                  "the invoices of %s were not looked at: %s",
                  account.tenant(), failure.getMessage());
              return new Polled(0, 0, 1);
            });
  }

  private Instant since(Optional<Instant> oldestUnpaid, Instant now) {
    Instant usual = now.minus(config.lookBack());
    return oldestUnpaid
        .map(oldest -> oldest.minus(config.lookBack()))
        .filter(usual::isAfter)
        .orElse(usual);
  }

  /** Answers how many of them moved. */
  private Uni<Integer> merge(Account account, List<InvoiceState> states, Instant now) {
    return Multi.createFrom()
        .iterable(states)
        .onItem()
        .transformToUniAndConcatenate(state -> merge(account, state, now))
        .filter(moved -> moved)
        .collect()
        .with(java.util.stream.Collectors.summingInt(moved -> 1))
        .invoke(
            moved -> {
              if (moved > 0) {
                found.increment(moved);
                LOG.warnf("%d invoices of %s had moved without an event", moved, account.tenant());
              }
            });
  }

  private Uni<Boolean> merge(Account account, InvoiceState state, Instant now) {
    InvoiceObservation observed =
        new InvoiceObservation(
            NO_EVENT + state.id().replaceFirst("^in_", ""),
            state.id(),
            account.customerId(),
            state.status(),
            Rfc3339.text(now),
            state.amountDueCents(),
            state.amountPaidCents(),
            state.currency(),
            state.problem());
    return observations
        .observe(observed, state.document())
        .call(outcome -> lines.read(account.tenant(), state))
        .map(outcome -> outcome.result() == Result.APPLIED);
  }

  private static Polled plus(Polled sum, Polled one) {
    return new Polled(
        sum.accounts() + one.accounts(),
        sum.found() + one.found(),
        sum.failures() + one.failures());
  }

  /** Whose turn it is, if anybody's, and when that was looked up. */
  private record Next(Optional<Account> due, Instant now) {}
}
