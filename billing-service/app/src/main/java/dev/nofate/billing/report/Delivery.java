package dev.nofate.billing.report;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.ledger.Entry;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.OutcomeUnknownException;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.BillingCycle;
import dev.nofate.billing.provider.PaymentProvider.Receipt;
import dev.nofate.billing.provider.PaymentProvider.Usage;
import dev.nofate.billing.provider.RefusedException;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.ErrorCode;
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
 * before it is sent; what may have arrived is only sent again while the provider refuses its second
 * arrival, and is looked up afterwards. What the look does not settle is held for a person.
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
  private final PaymentProvider provider;
  private final DatabaseClock clock;
  private final ReportConfig config;
  private final Counter held;

  public Delivery(
      Transactions transactions,
      AccountStore accounts,
      AttemptStore attempts,
      AttemptLease lease,
      PaymentProvider provider,
      DatabaseClock clock,
      ReportConfig config,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.attempts = attempts;
    this.lease = lease;
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
    Usage usage = new Usage(account.customerId(), entry.usageHash(), cents, entry.lastSecond());
    return transactions
        .run(entry.tenant(), connection -> begin(connection, entry))
        .flatMap(
            begun ->
                lease
                    .keepDuring(
                        entry,
                        () ->
                            step(account, entry, usage, begun)
                                .flatMap(step -> take(entry, usage, begun, step)))
                    .onFailure(Delivery::isProvidersFault)
                    .recoverWithUni(failure -> failed(entry, begun, failure)));
  }

  private Uni<Begun> begin(SqlConnection connection, Entry entry) {
    return accounts
        .lock(connection, entry.tenant())
        .flatMap(locked -> clock.now(connection))
        .flatMap(
            now ->
                attempts
                    .gate(connection, entry)
                    .invoke(gate -> gate.ifPresent(found -> refuseEntry(found, now)))
                    .flatMap(gate -> attempts.begin(connection, entry, now.plus(config.lease())))
                    .map(attempt -> new Begun(attempt, now)));
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

  private Uni<Step> step(Account account, Entry entry, Usage usage, Begun begun) {
    Attempt attempt = begun.attempt();
    if (!attempt.isDoubtful()) {
      return choose(account, usage, begun.now());
    }
    if (attempt.channel() == Channel.INVOICE_ITEM) {
      return provider
          .invoiceItem(usage)
          .map(found -> found.<Step>map(Delivered::new).orElse(new Send(Channel.INVOICE_ITEM)));
    }
    return attempt.isWithin(config.identifierMemory(), begun.now()) && !isTooOld(usage, begun.now())
        ? Uni.createFrom().item(new Send(Channel.METER_EVENT))
        : settle(account, entry, usage, begun);
  }

  /** Usage goes onto the invoice of its own period as long as that invoice can still take it. */
  private Uni<Step> choose(Account account, Usage usage, Instant now) {
    if (account.subscriptionId() == null) {
      return Uni.createFrom().failure(new RefusedException("the account has no subscription"));
    }
    if (account.subscription().hasEnded()) {
      // The meter would count it and nothing would bill it.
      return Uni.createFrom().failure(new RefusedException("the subscription has ended"));
    }
    if (isTooOld(usage, now)) {
      return Uni.createFrom().item(new Send(Channel.INVOICE_ITEM));
    }
    return provider
        .cycle(account.subscriptionId())
        .map(
            cycle ->
                new Send(takes(cycle, usage, now) ? Channel.METER_EVENT : Channel.INVOICE_ITEM));
  }

  private boolean isTooOld(Usage usage, Instant now) {
    return usage.at().isBefore(now.minus(config.oldestMetered()));
  }

  private boolean takes(BillingCycle cycle, Usage usage, Instant now) {
    if (!usage.at().isBefore(cycle.start())) {
      return true;
    }
    return cycle.draftFrom() != null
        && !usage.at().isBefore(cycle.draftFrom())
        && now.plus(config.draftMargin()).isBefore(cycle.draftUntil());
  }

  /** Compares what the provider counted in the usage's minute with what our reports say. */
  private Uni<Step> settle(Account account, Entry entry, Usage usage, Begun begun) {
    Instant from = usage.at().truncatedTo(ChronoUnit.MINUTES);
    Instant to = from.plus(Duration.ofMinutes(1));
    return Uni.combine()
        .all()
        .unis(
            provider.metered(usage.customerId(), from, to),
            transactions.run(entry.tenant(), c -> attempts.metered(c, entry.tenant(), from, to)))
        .asTuple()
        .flatMap(
            sums -> {
              long unexplained = sums.getItem1() - sums.getItem2();
              if (unexplained == usage.cents()) {
                return Uni.createFrom().item(new Delivered(new Receipt(usage.identifier())));
              }
              if (unexplained == 0) {
                return notSent(entry).flatMap(forgotten -> choose(account, usage, begun.now()));
              }
              return hold(entry, usage, unexplained);
            });
  }

  private Uni<Step> hold(Entry entry, Usage usage, long unexplained) {
    String reason =
        "%d cents were sent, the provider has %d that no report explains"
            .formatted(usage.cents(), unexplained);
    return transactions
        .run(entry.tenant(), connection -> attempts.hold(connection, entry, reason))
        .invoke(
            () -> {
              held.increment();
              LOG.errorf(
                  "the report of entry %d of %s is held: %s",
                  entry.entryNo(), entry.tenant(), reason);
            })
        .flatMap(
            done ->
                Uni.createFrom()
                    .failure(
                        new ProblemException(ErrorCode.CONFLICT, "The report is held: " + reason)));
  }

  private Uni<Receipt> take(Entry entry, Usage usage, Begun begun, Step step) {
    if (step instanceof Delivered delivered) {
      return Uni.createFrom().item(delivered.receipt());
    }
    Channel channel = ((Send) step).channel();
    return transactions
        .run(entry.tenant(), c -> attempts.sending(c, entry, channel, begun.now()))
        .flatMap(marked -> send(usage, channel))
        .onFailure(RefusedException.class)
        .call(() -> refused(entry, begun.attempt()));
  }

  private Uni<Receipt> send(Usage usage, Channel channel) {
    return channel == Channel.METER_EVENT ? provider.meter(usage) : provider.addInvoiceItem(usage);
  }

  /** A refusal says what became of this attempt, not of an earlier one in doubt. */
  private Uni<Void> refused(Entry entry, Attempt before) {
    return before.isDoubtful() ? Uni.createFrom().voidItem() : notSent(entry);
  }

  private Uni<Void> notSent(Entry entry) {
    return transactions.run(
        entry.tenant(),
        connection -> attempts.notSent(connection, entry.tenant(), entry.entryNo()));
  }

  private static boolean isProvidersFault(Throwable failure) {
    return failure instanceof RefusedException || failure instanceof OutcomeUnknownException;
  }

  private Uni<Receipt> failed(Entry entry, Begun begun, Throwable failure) {
    Duration wait = begun.attempt().backOff(config.backOff(), config.longestBackOff());
    return transactions
        .run(
            entry.tenant(),
            connection ->
                clock
                    .now(connection)
                    .flatMap(
                        now ->
                            attempts.failed(
                                connection, entry, now.plus(wait), failure.getMessage())))
        .flatMap(
            done ->
                Uni.createFrom()
                    .failure(
                        new ProblemException(
                            ErrorCode.BAD_GATEWAY, "The provider: " + failure.getMessage())));
  }

  private record Begun(Attempt attempt, Instant now) {}

  /** What follows for an entry. */
  private sealed interface Step {}

  private record Delivered(Receipt receipt) implements Step {}

  private record Send(Channel channel) implements Step {}
}
