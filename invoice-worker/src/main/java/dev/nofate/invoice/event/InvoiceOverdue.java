package dev.nofate.invoice.event;

import dev.nofate.billing.contract.InvoiceStatus;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * An open invoice was due some days ago.
 *
 * <p>Stripe sends this on a schedule of the account's own automations (API 2024-09-30.acacia), and
 * it says that a date has passed, not that a payment failed. Where Stripe charges the customer,
 * {@code invoice.payment_failed} has told of every failure, so the standing does not move. An
 * invoice that is sent for payment has no attempts that could fail: there, the date having passed
 * is how it shows that the customer did not pay.
 */
@ApplicationScoped
public class InvoiceOverdue implements StripeEventHandler {

  @Override
  public String type() {
    return "invoice.overdue";
  }

  @Override
  public Told tell(StripeEvent event) {
    StripeInvoice invoice = StripeInvoice.of(event);
    InvoiceStatus status = invoice.status();
    boolean unpaid = status == InvoiceStatus.OPEN && invoice.isSentForPayment();
    return invoice.observedAs(unpaid ? InvoiceStatus.PAYMENT_FAILED : status);
  }
}
