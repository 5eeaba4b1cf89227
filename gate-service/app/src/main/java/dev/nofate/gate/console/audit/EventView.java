package dev.nofate.gate.console.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.audit.contract.ChainEvent;

/** An event as a row: its payload as JSON. */
public record EventView(
    long seq, String at, String type, String subject, String payload, String hash) {

  static EventView of(ChainEvent event, ObjectMapper json) {
    try {
      return new EventView(
          event.seq(),
          event.at(),
          event.type().wireName(),
          event.subject() == null ? null : event.subject().toString(),
          json.writeValueAsString(event.payload()),
          event.hash());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values is always writable", e);
    }
  }

  /** Whether the subject is an evaluation. */
  public boolean ofEvaluation() {
    return subject != null
        && switch (type) {
          case "request_received",
              "gate_passed",
              "gate_failed",
              "response_emitted",
              "usage_recorded",
              "content_erased" ->
              true;
          default -> false;
        };
  }
}
