package dev.nofate.billing.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.billing.contract.InvoiceStatus;

/**
 * An invoice of the payment provider as last observed.
 *
 * @param invoiceId {@code in_…}
 * @param status where it stands
 * @param amountDueCents amount due in minor units
 * @param amountPaidCents amount paid in minor units
 * @param currency ISO 4217 in lower case
 * @param occurredAt when it came to this status, RFC 3339 UTC
 * @param firstObservedAt when it was first observed here
 * @param observedAt when it was last observed here
 * @param problem what keeps a draft from being finalised, Stripe's code; null when nothing does
 * @param number the invoice's own; null for drafts, and as long as it is not known
 * @param periodStart start of the time it bills, RFC 3339 UTC; null when not known
 * @param periodEnd end of the time it bills; null when not known
 * @param hostedInvoiceUrl Stripe's page of the invoice, which opens without signing in; null when
 *     not known
 * @param invoicePdf Stripe's file of the invoice, which opens without signing in; null when not
 *     known
 * @param linksObservedAt when Stripe gave the links: it lets links end; null without links
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record InvoiceView(
    String invoiceId,
    InvoiceStatus status,
    long amountDueCents,
    long amountPaidCents,
    String currency,
    String occurredAt,
    String firstObservedAt,
    String observedAt,
    String problem,
    String number,
    String periodStart,
    String periodEnd,
    String hostedInvoiceUrl,
    String invoicePdf,
    String linksObservedAt) {

  /** Without the links: whoever has one opens the invoice. */
  @Override
  public String toString() {
    return "InvoiceView[" + invoiceId + ", " + status + "]";
  }
}
