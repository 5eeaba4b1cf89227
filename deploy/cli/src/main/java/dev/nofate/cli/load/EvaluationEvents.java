package dev.nofate.cli.load;

import dev.nofate.audit.chain.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The events of an evaluation that passes all six gates, as gate-service appends them. */
final class EvaluationEvents {

  /** Events of one evaluation. */
  static final int COUNT = 9;

  private static final List<String> GATES =
      List.of("intake", "temporal", "authority", "rules", "cardinality", "validity");
  private static final String DIGEST =
      "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  /** Made once: the generator takes its processor time from what is measured. */
  private static final int VARIANTS = 100;

  private final List<List<Map.Entry<String, Payload>>> variants =
      IntStream.range(0, VARIANTS).mapToObj(EvaluationEvents::variant).toList();
  private int number;

  /** Types and payloads of the next evaluation, in order. */
  List<Map.Entry<String, Payload>> next() {
    number = (number + 1) % VARIANTS;
    return variants.get(number);
  }

  private static List<Map.Entry<String, Payload>> variant(int number) {
    List<Map.Entry<String, Payload>> events = new ArrayList<>(COUNT);
    events.add(
        event(
            "request_received",
            "{\"bytes\":%d,\"commitment\":\"hmac-%s\",\"ruleset\":\"load.transfer\"}"
                .formatted(200 + number, DIGEST)));
    for (String gate : GATES) {
      events.add(event("gate_passed", "{\"gate\":\"%s\"}".formatted(gate)));
    }
    events.add(
        event(
            "response_emitted",
            "{\"decision_digest\":\"%s\",\"state\":\"DETERMINISTIC_COMPLIANCE\"}"
                .formatted(DIGEST)));
    events.add(
        event(
            "usage_recorded",
            "{\"audit_writes\":9,\"bytes_in\":%d,\"bytes_out\":900,\"gates_executed\":6}"
                .formatted(200 + number)));
    return events;
  }

  private static Map.Entry<String, Payload> event(String type, String payload) {
    return Map.entry(type, Payload.parse(payload));
  }
}
