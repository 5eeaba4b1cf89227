package dev.nofate.invoice.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.billing.contract.StripeEventClaim;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A snapshot event of Stripe ("The Event object") or a thin one ("Event destinations"), read as a
 * tree: members that come and go with API versions are not looked at.
 *
 * @param id {@code evt_…}
 * @param type for instance {@code invoice.paid}
 * @param created when it occurred, whole seconds
 * @param object the object as it was then ({@code data.object}); of a thin event the object it is
 *     related to ({@code related_object}), its id and type alone, or a missing node
 */
public record StripeEvent(String id, String type, Instant created, JsonNode object) {

  private static final String THIN = "v2.core.event";
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /**
   * Reads the event that was claimed.
   *
   * @throws MalformedEventException when it is neither, or another one
   */
  static StripeEvent read(ObjectMapper json, StripeEventClaim claim) {
    JsonNode event = parse(json, claim.payload());
    if (!claim.eventId().equals(event.path("id").textValue())) {
      throw new MalformedEventException("id is not that of the stored event");
    }
    if (!claim.type().equals(event.path("type").textValue())) {
      throw new MalformedEventException("type is not that of the stored event");
    }
    if (THIN.equals(event.path("object").textValue())) {
      return new StripeEvent(
          claim.eventId(), claim.type(), time(event), event.path("related_object"));
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

  /**
   * The customer's id, from itself or from the expanded customer.
   *
   * @throws MalformedEventException when there is none
   */
  String customer() {
    JsonNode customer = object.path("customer");
    JsonNode id = customer.isObject() ? customer.path("id") : customer;
    if (!id.isTextual()) {
      throw new MalformedEventException("data.object.customer names no customer");
    }
    return id.textValue();
  }

  /**
   * The object's own id.
   *
   * @param kind what the object has to be
   * @throws MalformedEventException when it is something else or has no id
   */
  String idOf(String kind) {
    if (!kind.equals(object.path("object").textValue())) {
      throw new MalformedEventException("data.object is not a " + kind);
    }
    if (!object.path("id").isTextual()) {
      throw new MalformedEventException("data.object.id is not text");
    }
    return object.path("id").textValue();
  }

  private static Instant time(JsonNode thin) {
    try {
      return Instant.parse(thin.path("created").asText());
    } catch (DateTimeException e) {
      throw new MalformedEventException("created is not a time");
    }
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
