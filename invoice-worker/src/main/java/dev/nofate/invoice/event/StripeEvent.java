package dev.nofate.invoice.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.billing.contract.StripeEventClaim;
import java.time.Instant;

/**
 * A snapshot event of Stripe ("The Event object"), read as a tree: members that come and go with
 * API versions are not looked at.
 *
 * @param id {@code evt_…}
 * @param type for instance {@code invoice.paid}
 * @param created when it occurred, whole seconds
 * @param object the object as it was then ({@code data.object})
 */
public record StripeEvent(String id, String type, Instant created, JsonNode object) {

  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /**
   * Reads the event that was claimed.
   *
   * @throws MalformedEventException when it is not a snapshot event, or another one
   */
  static StripeEvent read(ObjectMapper json, StripeEventClaim claim) {
    JsonNode event = parse(json, claim.payload());
    if (!claim.eventId().equals(event.path("id").textValue())) {
      throw new MalformedEventException("id is not that of the stored event");
    }
    if (!claim.type().equals(event.path("type").textValue())) {
      throw new MalformedEventException("type is not that of the stored event");
    }
    JsonNode created = event.path("created");
    if (!created.isIntegralNumber()
        || !created.canConvertToLong()
        || created.longValue() < 0
        || created.longValue() > LAST_SECOND) {
      throw new MalformedEventException("created is not a time in seconds");
    }
    JsonNode object = event.path("data").path("object");
    if (!object.isObject()) {
      throw new MalformedEventException("data.object is not an object");
    }
    return new StripeEvent(
        claim.eventId(), claim.type(), Instant.ofEpochSecond(created.longValue()), object);
  }

  private static JsonNode parse(ObjectMapper json, String payload) {
    try {
      JsonNode event = json.readTree(payload);
      if (event != null && event.isObject()) {
        return event;
      }
    } catch (JsonProcessingException e) {
      throw new MalformedEventException("the event is not JSON");
    }
    throw new MalformedEventException("the event is not a JSON object");
  }

  @Override
  public String toString() {
    return "StripeEvent[" + id + ", " + type + "]";
  }
}
