package dev.nofate.invoice.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.InvoiceStatus;
import java.util.regex.Pattern;

/**
 * What an event says of an invoice ("The Invoice object"), limited to members that have kept their
 * meaning through the API versions: {@code paid}, {@code subscription} and {@code payment_intent}
 * went away in 2025 and are not read.
 */
final class StripeInvoice {

  private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,100}");

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
  Told observedAs(InvoiceStatus status) {
    return observedAs(status, null);
  }

  /**
   * The same with what keeps it from being finalised.
   *
   * @param problem Stripe's code; null when nothing does
   */
  Told observedAs(InvoiceStatus status, String problem) {
    return new Told.OfInvoice(observation(status, problem));
  }

  private InvoiceObservation observation(InvoiceStatus status, String problem) {
    return new InvoiceObservation(
        event.id(),
        text("id"),
        event.customer(),
        status,
        event.created().toString(),
        amount("amount_due"),
        amount("amount_paid"),
        text("currency"),
        problem);
  }

  /** What kept it from being finalised, Stripe's code alone: its text may name the customer. */
  String finalizationError() {
    JsonNode error = invoice.path("last_finalization_error");
    JsonNode code = error.path("code").isTextual() ? error.path("code") : error.path("type");
    return CODE.matcher(code.asText()).matches() ? code.textValue() : "finalization_failed";
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
