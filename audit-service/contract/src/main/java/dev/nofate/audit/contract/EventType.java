package dev.nofate.audit.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Every kind of event a chain can hold. The wire name is the lower-case name. */
public enum EventType {
  TENANT_CREATED,
  REQUEST_RECEIVED,
  GATE_PASSED,
  GATE_FAILED,
  RESPONSE_EMITTED,
  USAGE_RECORDED,
  RULESET_PUBLISHED,
  API_KEY_CREATED,
  API_KEY_ROTATED,
  API_KEY_REVOKED,
  PERIOD_CLOSED,
  USAGE_REPORTED,
  STANDING_CHANGED,
  INVOICE_STATE_CHANGED,
  RATE_LIMIT_EXCEEDED,
  BILLING_HOLD,
  CONTENT_ERASED,
  ADMIN_ACTION;

  /**
   * Finds the type with this wire name.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static EventType of(String wireName) {
    for (EventType type : values()) {
      if (type.wireName().equals(wireName)) {
        return type;
      }
    }
    throw new IllegalArgumentException("unknown event type");
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
