package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.Json;
import java.time.Instant;

/**
 * A Stripe event about an invoice, as the webhook receives it.
 *
 * @param eventId {@code evt_…}
 * @param type {@code invoice.payment_failed} or {@code invoice.paid}
 * @param invoiceId {@code in_…}
 * @param customerId {@code cus_…}
 * @param paid whether the invoice is paid by now
 * @param created when it happened
 */
record InvoiceEvent(
    String eventId,
    String type,
    String invoiceId,
    String customerId,
    boolean paid,
    Instant created) {

  private static final int AMOUNT_CENTS = 4_200;

  String json() {
    ObjectNode event = Json.MAPPER.createObjectNode();
    event.put("id", eventId).put("object", "event").put("type", type);
    event.put("created", created.getEpochSecond()).put("livemode", false);
    event
        .putObject("data")
        .putObject("object")
        .put("id", invoiceId)
        .put("object", "invoice")
        .put("customer", customerId)
        .put("status", paid ? "paid" : "open")
        .put("amount_due", AMOUNT_CENTS)
        .put("amount_paid", paid ? AMOUNT_CENTS : 0)
        .put("attempt_count", 1)
        .put("currency", "usd")
        .put("created", created.getEpochSecond());
    return event.toString();
  }
}
