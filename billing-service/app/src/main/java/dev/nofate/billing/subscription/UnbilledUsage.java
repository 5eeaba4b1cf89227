package dev.nofate.billing.subscription;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.item.InvoiceItems;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.InvoiceLine;
import dev.nofate.billing.subscription.UnbilledStore.Unbilled;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Usage that was metered into a subscription and discarded when it ended: Stripe invoices what is
 * open at a cancellation only when it is told to (Subscriptions, "invoice_now"). The provider's
 * invoices of today say which entries a line covers; the others become items, once.
 */
@ApplicationScoped
public class UnbilledUsage {

  /** More than a year of hours. */
  private static final int MOST = 10_000;

  /** An invoice is made at the end of the time it bills, give or take a clock. */
  private static final Duration EARLIER = Duration.ofDays(1);

  private final Transactions transactions;
  private final UnbilledStore store;
  private final InvoiceItems items;
  private final PaymentProvider provider;
  private final DatabaseClock clock;

  public UnbilledUsage(
      Transactions transactions,
      UnbilledStore store,
      InvoiceItems items,
      PaymentProvider provider,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.store = store;
    this.items = items;
    this.provider = provider;
    this.clock = clock;
  }

  /** Bills what is left of an ended subscription; again, it adds nothing. 502 as the provider. */
  Uni<List<Unbilled>> bill(Account account) {
    return transactions
        .run(account.tenant(), c -> store.entries(c, account.tenant(), provider.mode(), MOST))
        .flatMap(
            found -> found.isEmpty() ? Uni.createFrom().item(found) : uncovered(account, found))
        .call(
            left ->
                Multi.createFrom()
                    .iterable(left)
                    .onItem()
                    .transformToUniAndConcatenate(
                        entry -> items.bill(account.tenant(), entry.entryNo()))
                    .onItem()
                    .ignoreAsUni());
  }

  private Uni<List<Unbilled>> uncovered(Account account, List<Unbilled> found) {
    Instant since = found.get(0).periodEnd().minus(EARLIER);
    return transactions
        .run(clock::now)
        .flatMap(now -> provider.invoices(account.customerId(), since, now))
        .flatMap(
            invoices ->
                Multi.createFrom()
                    .iterable(invoices)
                    .onItem()
                    .transformToUniAndConcatenate(invoice -> provider.invoiceLines(invoice.id()))
                    .onItem()
                    .<InvoiceLine>disjoint()
                    .filter(InvoiceLine::metered)
                    .collect()
                    .asList())
        .onFailure()
        .transform(
            failure ->
                new ProblemException(
                    ErrorCode.BAD_GATEWAY, "The provider: " + failure.getMessage()))
        .map(
            lines ->
                found.stream()
                    .filter(entry -> lines.stream().noneMatch(line -> covers(line, entry)))
                    .toList());
  }

  private static boolean covers(InvoiceLine line, Unbilled entry) {
    return entry.periodEnd().isAfter(line.periodStart())
        && !entry.periodEnd().isAfter(line.periodEnd());
  }
}
