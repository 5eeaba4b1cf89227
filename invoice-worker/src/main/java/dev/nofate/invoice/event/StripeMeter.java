package dev.nofate.invoice.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.billing.contract.MeterFault;

/** What a thin event says of a meter: which one. What went wrong billing-service asks. */
final class StripeMeter {

  private StripeMeter() {}

  static Told told(StripeEvent event) {
    JsonNode meter = event.object().path("id");
    return new Told.OfMeter(
        new MeterFault(event.id(), event.type(), meter.isTextual() ? meter.textValue() : null));
  }
}
