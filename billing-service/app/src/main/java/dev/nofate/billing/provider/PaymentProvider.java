package dev.nofate.billing.provider;

import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who collects the money. A call ends with an answer, with {@link RefusedException} when the
 * provider certainly did nothing, with {@link NotReachedException} when it was not even asked, or
 * with {@link OutcomeUnknownException} when it may have done what was asked.
 */
public interface PaymentProvider {

  /** {@code mock} or {@code production}, as recorded with every report. */
  String mode();

  /** Where the customers of this provider live. */
  Realm realm();

  /**
   * The customer that stands for a tenant; made when there is none.
   *
   * @param number of the call: 0, and another one each time that it failed with {@link
   *     StoredFailureException}
   */
  Uni<String> customer(TenantId tenant, int number);

  /** Succeeds when the provider has, or had, a customer. */
  Uni<Void> requireCustomer(String customerId);

  /**
   * The customer's subscription to metered usage; made when there is none.
   *
   * @param replacing the ended subscription that it takes the place of; null for the first one
   * @param number of the call, as of {@link #customer}
   */
  Uni<String> subscription(TenantId tenant, String customerId, String replacing, int number);

  /** Where a subscription stands now, in the provider's word: {@code active}, {@code canceled}. */
  Uni<String> subscriptionStatus(String subscriptionId);

  /**
   * Whether tax is computed on a subscription's invoices; switched on where it can be.
   *
   * @return empty when no tax is configured
   */
  Uni<Optional<Tax>> tax(String customerId, String subscriptionId);

  /** Where a subscription's billing stands. */
  Uni<BillingCycle> cycle(String subscriptionId);

  /**
   * Reports metered usage. The same identifier again within a day has no second effect.
   *
   * @param call what is asked again under the same name may be answered as it was before
   */
  Uni<Receipt> meter(Usage usage, String call);

  /** Whole cents of metered usage that the provider has of a customer in a span of minutes. */
  Uni<Long> metered(String customerId, Instant from, Instant to);

  /**
   * Adds an item to the customer's next invoice.
   *
   * @param call under the same name it is added once, however often it is asked for within a day
   */
  Uni<Receipt> addInvoiceItem(Usage usage, String call);

  /** The item that was added for a usage. */
  Uni<Optional<Receipt>> invoiceItem(Usage usage);

  /** A customer's invoices made since a time, as they stand now. */
  Uni<List<InvoiceState>> invoices(String customerId, Instant since, Instant now);

  /** What an invoice bills. */
  Uni<List<InvoiceLine>> invoiceLines(String invoiceId);

  /** What the provider says of usage that it accepted and did not count. */
  Uni<Uncounted> uncounted(String eventId);

  /** Address of a page on which the customer gives a payment method. */
  Uni<String> setupPage(String customerId);

  /** Address of the provider's own pages for the customer: invoices, payment methods. */
  Uni<String> portalPage(String customerId);

  /** What a customer gave on a setup page; empty unless it is a completed one of this customer. */
  Uni<Optional<GivenMethod>> givenMethod(String customerId, String pageId);

  /** Has a customer's invoices paid with a payment method. */
  Uni<Void> payWith(String customerId, String paymentMethodId);

  /**
   * A payment method that was given on a page.
   *
   * @param id the provider's, of the payment method
   * @param openedAt when the page was opened, a whole second
   */
  record GivenMethod(String id, Instant openedAt) {}

  /**
   * Usage to bill.
   *
   * @param customerId the provider's customer
   * @param identifier the entry's usage hash: one usage has it
   * @param cents whole US cents, at least 1
   * @param at a whole second within the entry's period
   */
  record Usage(String customerId, String identifier, long cents, Instant at) {}

  /**
   * What the provider answered.
   *
   * @param reference under which the provider knows the report
   */
  record Receipt(String reference) {}

  /**
   * A subscription's current period, and the draft of the one before while it is open.
   *
   * @param status where the subscription stands, in the provider's word
   * @param bills whether its price bills what {@link #meter} reports
   * @param start of the current period: usage before it is not metered into it
   * @param draftFrom start of the period of the draft; null without one
   * @param draftUntil when the draft is finalised; null without one
   */
  record BillingCycle(
      String status, boolean bills, Instant start, Instant draftFrom, Instant draftUntil) {}

  /**
   * An invoice as it stands now.
   *
   * @param id {@code in_…}
   * @param status {@code PAYMENT_FAILED} when it is open and its last payment failed
   * @param amountDueCents amount due in minor units
   * @param amountPaidCents amount paid in minor units
   * @param currency ISO 4217 in lower case
   * @param problem what keeps a draft from being finalised, a code; null when nothing does
   * @param document what its customer knows it by
   */
  record InvoiceState(
      String id,
      InvoiceStatus status,
      long amountDueCents,
      long amountPaidCents,
      String currency,
      String problem,
      InvoiceDocument document) {}

  /**
   * A line of an invoice.
   *
   * @param id of the line
   * @param metered whether it is the metered price's
   * @param periodStart start of the time it bills
   * @param periodEnd end of the time it bills
   * @param usageHash the usage that it bills as an item; null for other lines
   * @param cents whole cents
   */
  record InvoiceLine(
      String id,
      boolean metered,
      Instant periodStart,
      Instant periodEnd,
      String usageHash,
      long cents) {}

  /**
   * Usage that was accepted and not counted.
   *
   * @param errors how many events
   * @param codes the provider's reasons
   * @param identifiers some of the events' identifiers
   */
  record Uncounted(long errors, List<String> codes, List<String> identifiers) {}
}
