package dev.nofate.billing.report;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.ledger.Entry;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.NotReachedException;
import dev.nofate.billing.provider.OutcomeUnknownException;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.Receipt;
import dev.nofate.billing.provider.PaymentProvider.Usage;
import dev.nofate.billing.provider.RefusedException;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/**
 * Gets an entry's cents to the provider once. That something is about to be sent is committed
 * before it is sent; what may have arrived is sent again only while the provider refuses its second
 * arrival and still bills it, and is looked up otherwise. What the look does not settle is held for
 * a person. {@link Route} says what follows when.
 */
@ApplicationScoped
public class Delivery {

  private static final Logger LOG = Logger.getLogger(Delivery.class);

  /** What stands in a report whose entry came to no whole cent, or that nobody is billed. */
  private static final Receipt NOTHING_TO_SEND = new Receipt("none");

  private final Transactions transactions;
  private final AccountStore accounts;
  private final AttemptStore attempts;
  private final AttemptLease lease;
  private final Billings billings;
  private final PaymentProvider provider;
  private final DatabaseClock clock;
  private final ReportConfig config;
  private final Counter held;

  public Delivery(
      Transactions transactions,
      AccountStore accounts,
      AttemptStore attempts,
      AttemptLease lease,
      Billings billings,
      PaymentProvider provider,
      DatabaseClock clock,
      ReportConfig config,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.attempts = attempts;
    this.lease = lease;
    this.billings = billings;
    this.provider = provider;
    this.clock = clock;
    this.config = config;
    this.held = metrics.counter("nofate.billing.reports.held");
  }

  /** The provider's receipt for the entry; fails with a problem when there is none yet. */
  Uni<Receipt> deliver(Account account, Entry entry, long cents) {
    if (cents == 0 || !account.isBilled()) {
      return Uni.createFrom().item(NOTHING_TO_SEND);
    }
    return transactions
        .run(entry.tenant(), connection -> begin(connection, entry, cents))
        .flatMap(
            work ->
                lease
                    .keepDuring(entry, work.attempt(), () -> proceed(work))
                    .onFailure(Delivery::isProvidersFault)
                    .recoverWithUni(failure -> failed(work, failure)));
  }

  private Uni<Work> begin(SqlConnection connection, Entry entry, long cents) {
    return accounts
        .lock(connection, entry.tenant())
        .map(locked -> locked.orElseThrow(ProblemException::notFound))
        .flatMap(
            account ->
                clock
                    .now(connection)
                    .flatMap(now -> begin(connection, account, entry, cents, now)));
  }

  private Uni<Work> begin(
      SqlConnection connection, Account account, Entry entry, long cents, Instant now) {
    Usage usage = new Usage(account.customerId(), entry.usageHash(), cents, entry.lastSecond());
    return attempts
        .gate(connection, entry)
        .invoke(gate -> gate.ifPresent(found -> refuseEntry(found, now)))
        .flatMap(gate -> attempts.begin(connection, entry, now.plus(config.lease())))
        .map(attempt -> new Work(account, entry, usage, attempt, now));
  }

  private static void refuseEntry(AttemptStore.Gate gate, Instant now) {
    if (gate.heldReason() != null) {
      throw new ProblemException(ErrorCode.CONFLICT, "The report is held: " + gate.heldReason());
    }
    if (now.isBefore(gate.notBefore())) {
      throw new ProblemException(
          ErrorCode.IN_PROGRESS, "The report is under way, or waits after a failure");
    }
  }

  private Uni<Receipt> proceed(Work work) {
    Doubt doubt = work.attempt().doubt();
    if (doubt != null && doubt.channel() == Channel.INVOICE_ITEM) {
      return lookForItem(work, doubt);
    }
    return billings
        .of(work.account())
        .flatMap(
            billing ->
                take(
                    work,
                    billing,
                    doubt == null
                        ? route(work).unsent(billing)
                        : route(work).metered(doubt, billing)));
  }

  private Uni<Receipt> lookForItem(Work work, Doubt doubt) {
    return provider
        .invoiceItem(work.usage())
        .flatMap(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found.get())
                    : take(work, null, route(work).item(doubt)));
  }

  private Route route(Work work) {
    return new Route(config, work.usage(), work.now());
  }

  private Uni<Receipt> take(Work work, Billing billing, Step step) {
    if (step instanceof Step.Send send) {
      return send(work, send.channel());
    }
    if (step instanceof Step.AskTheMeter) {
      return unexplained(work)
          .map(cents -> route(work).asked(cents, work.attempt().doubt(), billing))
          .flatMap(next -> take(work, billing, next));
    }
    if (step instanceof Step.Forget) {
      return notSent(work).flatMap(done -> proceed(work.forgotten()));
    }
    if (step instanceof Step.Metered) {
      return Uni.createFrom().item(new Receipt(work.usage().identifier()));
    }
    if (step instanceof Step.Wait wait) {
      return later(work, wait.until());
    }
    if (step instanceof Step.Hold hold) {
      return hold(work, hold.reason());
    }
    return Uni.createFrom().failure(new RefusedException(((Step.Refuse) step).why()));
  }

  /** Cents that the provider counted in the usage's minute and that no report explains. */
  private Uni<Long> unexplained(Work work) {
    Usage usage = work.usage();
    Instant from = usage.at().truncatedTo(ChronoUnit.MINUTES);
    Instant to = from.plus(Duration.ofMinutes(1));
    return Uni.combine()
        .all()
        .unis(
            provider.metered(usage.customerId(), from, to),
            transactions.run(work.tenant(), c -> attempts.metered(c, work.tenant(), from, to)))
        .asTuple()
        .map(sums -> sums.getItem1() - sums.getItem2());
  }

  private Uni<Receipt> send(Work work, Channel channel) {
    return transactions
        .run(work.tenant(), connection -> sending(connection, work, channel))
        .flatMap(since -> send(work, channel, since))
        .onFailure(Delivery::isCertainlyNotDone)
        .call(() -> undone(work));
  }

  private Uni<Instant> sending(SqlConnection connection, Work work, Channel channel) {
    return clock
        .now(connection)
        .flatMap(
            now ->
                attempts.sending(
                    connection,
                    work.entry(),
                    work.attempt(),
                    channel,
                    now,
                    work.account().subscriptionId()))
        .map(
            since ->
                since.orElseThrow(
                    () ->
                        new ProblemException(
                            ErrorCode.IN_PROGRESS, "Another attempt at the report has begun")));
  }

  /**
   * Stripe answers a call of the same name for a day as it did the first time, its own failures
   * included. An event's name changes with each attempt, as the identifier keeps it single; an
   * item's only once it is known not to be there.
   */
  private Uni<Receipt> send(Work work, Channel channel, Instant since) {
    return channel == Channel.METER_EVENT
        ? provider.meter(work.usage(), Integer.toString(work.attempt().number()))
        : provider.addInvoiceItem(work.usage(), Long.toString(since.toEpochMilli()));
  }

  /** That says what became of this attempt, not of an earlier one in doubt. */
  private Uni<Void> undone(Work work) {
    return work.attempt().doubt() == null ? notSent(work) : Uni.createFrom().voidItem();
  }

  private Uni<Void> notSent(Work work) {
    return transactions.run(
        work.tenant(), connection -> attempts.notSent(connection, work.entry(), work.attempt()));
  }

  private Uni<Receipt> hold(Work work, String reason) {
    return transactions
        .run(
            work.tenant(),
            connection -> attempts.hold(connection, work.entry(), work.attempt(), reason))
        .invoke(
            () -> {
              held.increment();
              LOG.errorf(
                  "the report of entry %d of %s is held: %s",
                  work.entry().entryNo(), work.tenant(), reason);
            })
        .flatMap(done -> problem(ErrorCode.CONFLICT, "The report is held: " + reason));
  }

  private Uni<Receipt> later(Work work, Instant until) {
    String reason =
        "Whether the provider has the report is not known before " + Rfc3339.text(until);
    return transactions
        .run(
            work.tenant(),
            connection -> attempts.failed(connection, work.entry(), work.attempt(), until, reason))
        .flatMap(done -> problem(ErrorCode.IN_PROGRESS, reason));
  }

  private Uni<Receipt> failed(Work work, Throwable failure) {
    Duration wait = work.attempt().backOff(config.backOff(), config.longestBackOff());
    return transactions
        .run(
            work.tenant(),
            connection ->
                clock
                    .now(connection)
                    .flatMap(
                        now ->
                            attempts.failed(
                                connection,
                                work.entry(),
                                work.attempt(),
                                now.plus(wait),
                                failure.getMessage())))
        .flatMap(done -> problem(ErrorCode.BAD_GATEWAY, "The provider: " + failure.getMessage()));
  }

  private static Uni<Receipt> problem(ErrorCode code, String detail) {
    return Uni.createFrom().failure(new ProblemException(code, detail));
  }

  private static boolean isProvidersFault(Throwable failure) {
    return isCertainlyNotDone(failure) || failure instanceof OutcomeUnknownException;
  }

  private static boolean isCertainlyNotDone(Throwable failure) {
    return failure instanceof RefusedException || failure instanceof NotReachedException;
  }

  /** An attempt that has begun, and what it began with. */
  private record Work(Account account, Entry entry, Usage usage, Attempt attempt, Instant now) {

    TenantId tenant() {
      return entry.tenant();
    }

    /** The same with nothing in doubt. */
    Work forgotten() {
      return new Work(account, entry, usage, new Attempt(attempt.number(), null), now);
    }
  }
}
