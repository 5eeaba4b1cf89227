package dev.nofate.billing.provider;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoiceRetrieveParams;
import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.billing.provider.PaymentProvider.InvoiceLine;
import dev.nofate.billing.provider.PaymentProvider.InvoiceState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Stripe's invoices as they stand, for whoever was not told of them. */
final class StripeInvoices {

  private static final int PAGE = 100;

  /** Lines and invoices beyond are not looked at; a month has two or three. */
  private static final int MOST = 1000;

  private static final Set<String> FAILED = Set.of("requires_payment_method", "canceled");

  private final StripeCalls calls;
  private final StripeConfig config;

  StripeInvoices(StripeCalls calls, StripeConfig config) {
    this.calls = calls;
    this.config = config;
  }

  Uni<List<InvoiceState>> of(String customerId, Instant since, Instant now) {
    InvoiceListParams params =
        InvoiceListParams.builder()
            .setCustomer(customerId)
            .setCreated(InvoiceListParams.Created.builder().setGte(since.getEpochSecond()).build())
            .setLimit((long) PAGE)
            .build();
    return calls
        .make(
            client -> {
              List<Invoice> found = new ArrayList<>();
              for (Invoice invoice : client.v1().invoices().list(params).autoPagingIterable()) {
                if (found.size() == MOST) {
                  break;
                }
                found.add(invoice);
              }
              return found;
            })
        .flatMap(
            found ->
                Multi.createFrom()
                    .iterable(found)
                    .onItem()
                    .transformToUniAndConcatenate(invoice -> state(invoice, now))
                    .collect()
                    .asList());
  }

  private Uni<InvoiceState> state(Invoice invoice, Instant now) {
    InvoiceStatus status =
        switch (invoice.getStatus()) {
          case "draft" -> InvoiceStatus.DRAFT;
          case "open" -> InvoiceStatus.OPEN;
          case "paid" -> InvoiceStatus.PAID;
          case "void" -> InvoiceStatus.VOID;
          case "uncollectible" -> InvoiceStatus.UNCOLLECTIBLE;
          default -> throw new RefusedException("an invoice has a status that is not known");
        };
    if (status != InvoiceStatus.OPEN) {
      return Uni.createFrom().item(state(invoice, status));
    }
    if ("send_invoice".equals(invoice.getCollectionMethod())) {
      boolean overdue =
          invoice.getDueDate() != null && Instant.ofEpochSecond(invoice.getDueDate()).isBefore(now);
      return Uni.createFrom().item(state(invoice, overdue ? InvoiceStatus.PAYMENT_FAILED : status));
    }
    return Boolean.TRUE.equals(invoice.getAttempted())
        ? hasFailed(invoice.getId())
            .map(failed -> state(invoice, failed ? InvoiceStatus.PAYMENT_FAILED : status))
        : Uni.createFrom().item(state(invoice, status));
  }

  /**
   * Whether the payment of an open invoice failed. That an attempt was made does not say so: it may
   * be under way, or wait for the customer's confirmation.
   */
  private Uni<Boolean> hasFailed(String invoiceId) {
    InvoiceRetrieveParams params =
        InvoiceRetrieveParams.builder().addExpand("payments.data.payment.payment_intent").build();
    return calls
        .make(client -> client.v1().invoices().retrieve(invoiceId, params))
        .map(
            invoice ->
                invoice.getPayments() != null
                    && invoice.getPayments().getData().stream().anyMatch(StripeInvoices::failed));
  }

  private static boolean failed(InvoicePayment payment) {
    PaymentIntent intent =
        payment.getPayment() == null ? null : payment.getPayment().getPaymentIntentObject();
    return intent != null && FAILED.contains(intent.getStatus());
  }

  private static InvoiceState state(Invoice invoice, InvoiceStatus status) {
    return new InvoiceState(
        invoice.getId(),
        status,
        invoice.getAmountDue(),
        invoice.getAmountPaid(),
        invoice.getCurrency(),
        invoice.getLastFinalizationError() == null
            ? null
            : String.valueOf(invoice.getLastFinalizationError().getCode()),
        InvoiceDocument.told(
            invoice.getNumber(),
            invoice.getPeriodStart(),
            invoice.getPeriodEnd(),
            invoice.getHostedInvoiceUrl(),
            invoice.getInvoicePdf()));
  }

  Uni<List<InvoiceLine>> lines(String invoiceId) {
    InvoiceLineItemListParams params =
        InvoiceLineItemListParams.builder().setLimit((long) PAGE).build();
    return calls.make(
        client -> {
          List<InvoiceLine> lines = new ArrayList<>();
          for (InvoiceLineItem line :
              client.v1().invoices().lineItems().list(invoiceId, params).autoPagingIterable()) {
            if (lines.size() == MOST) {
              break;
            }
            lines.add(line(line));
          }
          return lines;
        });
  }

  private InvoiceLine line(InvoiceLineItem line) {
    boolean metered = isOfTheMeteredPrice(line);
    String hash =
        metered || line.getMetadata() == null
            ? null
            : line.getMetadata().get(StripeProvider.USAGE_HASH);
    long cents = metered && line.getQuantity() != null ? line.getQuantity() : line.getAmount();
    return new InvoiceLine(
        line.getId(),
        metered,
        Instant.ofEpochSecond(line.getPeriod().getStart()),
        Instant.ofEpochSecond(line.getPeriod().getEnd()),
        hash,
        cents);
  }

  private boolean isOfTheMeteredPrice(InvoiceLineItem line) {
    return line.getPricing() != null
        && line.getPricing().getPriceDetails() != null
        && config
            .meteredPriceId()
            .map(String::strip)
            .filter(line.getPricing().getPriceDetails().getPrice()::equals)
            .isPresent();
  }
}
