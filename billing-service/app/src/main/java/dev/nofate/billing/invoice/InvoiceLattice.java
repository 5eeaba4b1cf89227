package dev.nofate.billing.invoice;

import dev.nofate.billing.contract.InvoiceStatus;

/**
 * Where an invoice stands, whatever the order in which it is told:
 *
 * <pre>
 *   DRAFT &lt; OPEN &lt; PAYMENT_FAILED &lt; UNCOLLECTIBLE &lt; { PAID, VOID }
 * </pre>
 *
 * <p>An observation moves an invoice upwards or not at all, so any sequence of observations, with
 * repetitions and in any order, ends in the same place. PAID and VOID are final and exclude each
 * other: the first to arrive stays. An uncollectible invoice can still be paid or voided (Stripe,
 * "Status transitions and finalization").
 */
final class InvoiceLattice {

  private InvoiceLattice() {}

  /**
   * The status after an observation.
   *
   * @param known the status before, or null when the invoice was unknown
   */
  static InvoiceStatus merge(InvoiceStatus known, InvoiceStatus observed) {
    return known == null || height(observed) > height(known) ? observed : known;
  }

  /** Whether an invoice in this status keeps its account from being in good standing. */
  static boolean isDelinquent(InvoiceStatus status) {
    return status == InvoiceStatus.PAYMENT_FAILED || status == InvoiceStatus.UNCOLLECTIBLE;
  }

  private static int height(InvoiceStatus status) {
    return switch (status) {
      case DRAFT -> 0;
      case OPEN -> 1;
      case PAYMENT_FAILED -> 2;
      case UNCOLLECTIBLE -> 3;
      case PAID, VOID -> 4;
    };
  }
}
