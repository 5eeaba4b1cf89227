package dev.nofate.gate.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.audit.contract.EventType;
import dev.nofate.audit.contract.NewEvent;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.GateTrace;
import dev.nofate.gate.engine.Reason;
import dev.nofate.gate.engine.RulesetIdentity;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.Octets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A decision with everything its answer and its audit events say, before its place in the chain is
 * known. A pure function of the call, the decision and the salt.
 */
final class Draft {

  private static final int MAX_MISSING_CHARACTERS = 4_000;

  private final Call call;
  private final UUID evaluation;
  private final int bytesIn;
  private final Decision decision;
  private final Octets salt;
  private final ObjectNode json;
  private final int bytesOut;

  Draft(Call call, Decision decision, Octets salt) {
    this.call = call;
    this.salt = salt;
    this.evaluation = call.evaluation();
    this.bytesIn = call.body().length;
    this.decision = decision;
    this.json = JsonNodeFactory.instance.objectNode();
    json.put("evaluation_id", evaluation.toString());
    json.setAll(decision.toJson());
    json.withObject("/request").put("salt", HexFormat.of().formatHex(salt.toByteArray()));
    this.bytesOut = CanonicalJson.write(json).length();
  }

  Call call() {
    return call;
  }

  Decision decision() {
    return decision;
  }

  /** The key of the request's commitment. */
  Octets salt() {
    return salt;
  }

  /** The events of this evaluation, in order: all are appended at once. */
  List<NewEvent> events() {
    List<NewEvent> events = new ArrayList<>();
    events.add(event(EventType.REQUEST_RECEIVED, received()));
    for (GateTrace trace : decision.gateTrace()) {
      events.add(
          event(
              trace.passed() ? EventType.GATE_PASSED : EventType.GATE_FAILED,
              gate(trace, decision.reason())));
    }
    events.add(event(EventType.RESPONSE_EMITTED, emitted()));
    events.add(
        event(
            EventType.USAGE_RECORDED,
            Map.of(
                "bytes_in",
                bytesIn,
                "bytes_out",
                bytesOut,
                "gates_executed",
                decision.gatesExecuted(),
                "audit_writes",
                auditWrites())));
    return events;
  }

  /** The answer, with its place in the chain. */
  ObjectNode answer(AppendReceipt receipt) {
    ObjectNode answer = json.deepCopy();
    answer
        .putObject("audit")
        .put("first_seq", receipt.firstSeq())
        .put("last_seq", receipt.lastSeq())
        .put("head_hash", receipt.headHash());
    answer
        .putObject("metering")
        .put("bytes_in", bytesIn)
        .put("bytes_out", bytesOut)
        .put("gates_executed", decision.gatesExecuted())
        .put("audit_writes", auditWrites());
    return answer;
  }

  private int auditWrites() {
    return decision.gatesExecuted() + 3;
  }

  private NewEvent event(EventType type, Map<String, Object> payload) {
    return new NewEvent(type, evaluation, payload);
  }

  private Map<String, Object> received() {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("direction", call.direction().wireName());
    payload.put("bytes_in", bytesIn);
    payload.put("received_at", decision.receivedAt());
    payload.put("request_commitment", decision.commitment());
    decision.ruleset().ifPresent(ruleset -> payload.put("ruleset", identity(ruleset)));
    return payload;
  }

  private static Map<String, Object> identity(RulesetIdentity ruleset) {
    return Map.of("name", ruleset.name(), "version", ruleset.version(), "digest", ruleset.digest());
  }

  private static Map<String, Object> gate(GateTrace trace, Optional<Reason> reason) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("gate", trace.gate().wireName());
    trace.failure().ifPresent(code -> payload.put("code", code.name()));
    if (!trace.passed()) {
      reason
          .map(Reason::missing)
          .filter(names -> !names.isEmpty())
          .ifPresent(names -> putMissing(payload, names));
    }
    return payload;
  }

  /** Names of missing facts, or their count and digest where the names would not fit an event. */
  private static void putMissing(Map<String, Object> payload, List<String> names) {
    if (names.stream().mapToInt(String::length).sum() <= MAX_MISSING_CHARACTERS) {
      payload.put("missing", names);
      return;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    names.forEach(list::add);
    payload.put("missing_count", names.size());
    payload.put("missing_digest", CanonicalJson.write(list).sha256());
  }

  private Map<String, Object> emitted() {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("state", decision.state().name());
    decision.reason().ifPresent(reason -> payload.put("code", reason.code().name()));
    payload.put("decision_digest", decision.decisionDigest());
    payload.put("system_version", SystemVersion.TEXT);
    return payload;
  }
}
