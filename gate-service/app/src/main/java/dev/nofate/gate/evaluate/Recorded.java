package dev.nofate.gate.evaluate;

import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.engine.RulesetReference;
import java.util.Map;
import java.util.Optional;

/**
 * What the log says of an evaluation that was appended before: enough to derive its answer again.
 *
 * @param direction the recorded direction
 * @param receivedAt the recorded time of receipt
 * @param commitment the recorded commitment of the request
 * @param ruleset the recorded ruleset, pinned; empty when none was found
 * @param decisionDigest the recorded digest
 */
record Recorded(
    String direction,
    String receivedAt,
    String commitment,
    Optional<RulesetReference> ruleset,
    String decisionDigest) {

  /**
   * Reads a receipt's events.
   *
   * @throws IllegalStateException when they are not those of an evaluation
   */
  static Recorded of(AppendReceipt receipt) {
    Map<String, Object> received = payload(receipt, EventType.REQUEST_RECEIVED);
    Map<String, Object> emitted = payload(receipt, EventType.RESPONSE_EMITTED);
    return new Recorded(
        (String) received.get("direction"),
        (String) received.get("received_at"),
        (String) received.get("request_commitment"),
        Optional.ofNullable((Map<?, ?>) received.get("ruleset")).map(Recorded::pinned),
        (String) emitted.get("decision_digest"));
  }

  private static RulesetReference pinned(Map<?, ?> ruleset) {
    return new RulesetReference.Version(
        (String) ruleset.get("name"), ((Number) ruleset.get("version")).intValue());
  }

  private static Map<String, Object> payload(AppendReceipt receipt, EventType type) {
    return receipt.recorded().stream()
        .filter(event -> event.type() == type)
        .findFirst()
        .map(ChainEvent::payload)
        .orElseThrow(() -> new IllegalStateException("the recorded append is no evaluation"));
  }
}
