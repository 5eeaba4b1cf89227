package dev.nofate.invoice.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.InvoiceStatus;

/**
 * What an event says of an invoice ("The Invoice object"), limited to members that have kept their
 * meaning through the API versions: {@code paid}, {@code subscription} and {@code payment_intent}
 * went away in 2025 and are not read.
 */
final class StripeInvoice {

  private final StripeEvent event;
  private final JsonNode invoice;

  private StripeInvoice(StripeEvent event) {
    this.event = event;
    this.invoice = event.object();
  }

  /**
   * The invoice that the event is about.
   *
   * @throws MalformedEventException when the event is about something else
   */
  static StripeInvoice of(StripeEvent event) {
    if (!"invoice".equals(event.object().path("object").textValue())) {
      throw new MalformedEventException("data.object is not an invoice");
    }
    return new StripeInvoice(event);
  }

  /**
   * The invoice's own status.
   *
   * @throws MalformedEventException when it is none of Stripe's five
   */
  InvoiceStatus status() {
    return switch (text("status")) {
      case "draft" -> InvoiceStatus.DRAFT;
      case "open" -> InvoiceStatus.OPEN;
      case "paid" -> InvoiceStatus.PAID;
      case "void" -> InvoiceStatus.VOID;
      case "uncollectible" -> InvoiceStatus.UNCOLLECTIBLE;
      default -> throw new MalformedEventException("data.object.status is unknown");
    };
  }

  /** Whether the customer pays it by itself on receipt, with nothing charged automatically. */
  boolean isSentForPayment() {
    return "send_invoice".equals(invoice.path("collection_method").textValue());
  }

  /**
   * The observation that the invoice is in this state.
   *
   * @throws MalformedEventException when a member is absent or of another type
   */
  InvoiceObservation observedAs(InvoiceStatus status) {
    return new InvoiceObservation(
        event.id(),
        text("id"),
        customer(),
        status,
        event.created().toString(),
        amount("amount_due"),
        amount("amount_paid"),
        text("currency"));
  }

  /** The customer's id, from itself or from the expanded customer. */
  private String customer() {
    JsonNode customer = invoice.path("customer");
    JsonNode id = customer.isObject() ? customer.path("id") : customer;
    if (!id.isTextual()) {
      throw new MalformedEventException("data.object.customer names no customer");
    }
    return id.textValue();
  }

  private String text(String member) {
    JsonNode value = invoice.path(member);
    if (!value.isTextual()) {
      throw new MalformedEventException("data.object." + member + " is not text");
    }
    return value.textValue();
  }

  private long amount(String member) {
    JsonNode value = invoice.path(member);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedEventException("data.object." + member + " is not a whole number");
    }
    return value.longValue();
  }
}
