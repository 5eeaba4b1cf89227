package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.json.CanonicalWriter;
import dev.nofate.gate.engine.json.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run that reached its terminal state.
 *
 * @param state one of the four
 * @param reason empty exactly for compliance
 * @param ruleset empty when no ruleset was found
 * @param receivedAt as admitted
 * @param derivation a trace for each rule, by rule id; empty when the rules gate did not run
 * @param renderingTraces a trace for each render target, in the order asked, after the rules' in
 *     the answer's derivation; empty when no rendering was reached
 * @param gateTrace a trace for each gate that ran, in order
 * @param temporal empty when the temporal gate did not get as far as measuring
 * @param renderings of a backward evaluation that is compliance: what rendered completely, in the
 *     order asked; otherwise empty. Not covered by the digest, and derived again with it
 * @param commitment {@code hmac-sha256:} of the request under the salt
 * @param decisionDigest {@code sha256:} of all the above but the renderings
 */
public record Decision(
    State state,
    Optional<Reason> reason,
    Optional<RulesetIdentity> ruleset,
    String receivedAt,
    List<RuleTrace> derivation,
    List<RenderingTrace> renderingTraces,
    List<GateTrace> gateTrace,
    Optional<Temporal> temporal,
    List<Rendering> renderings,
    String commitment,
    String decisionDigest) {

  public Decision {
    derivation = List.copyOf(derivation);
    renderingTraces = List.copyOf(renderingTraces);
    renderings = List.copyOf(renderings);
    gateTrace = List.copyOf(gateTrace);
  }

  /** How many gates ran, the failing one included. */
  public int gatesExecuted() {
    return gateTrace.size();
  }

  /**
   * The members of an answer that the engine owns, {@code decision_digest} included and, when there
   * are any, {@code renderings}.
   */
  public ObjectNode toJson() {
    ObjectNode json = digested().put("decision_digest", decisionDigest);
    if (!renderings.isEmpty()) {
      ArrayNode array = json.putArray("renderings");
      renderings.forEach(rendering -> array.add(rendering.toJson()));
    }
    return json;
  }

  /** A run as it stands before the validity gate, its digest not yet taken. */
  static Decision draft(
      Optional<Reason> reason,
      Optional<RulesetIdentity> ruleset,
      String receivedAt,
      List<RuleTrace> derivation,
      List<RenderingTrace> renderingTraces,
      List<GateTrace> gateTrace,
      Optional<Temporal> temporal,
      List<Rendering> renderings,
      String commitment) {
    return new Decision(
        reason.map(r -> r.code().state()).orElse(State.DETERMINISTIC_COMPLIANCE),
        reason,
        ruleset,
        receivedAt,
        derivation,
        renderingTraces,
        gateTrace,
        temporal,
        renderings,
        commitment,
        "");
  }

  /** This decision with the validity gate run. */
  Decision afterValidity(boolean reproduced) {
    Optional<ReasonCode> failure =
        reproduced ? Optional.empty() : Optional.of(ReasonCode.NOT_REPRODUCIBLE);
    List<GateTrace> gates = new ArrayList<>(gateTrace);
    gates.add(new GateTrace(Gate.VALIDITY, failure));
    return draft(
            failure.map(Reason::of),
            ruleset,
            receivedAt,
            derivation,
            renderingTraces,
            gates,
            temporal,
            reproduced ? renderings : List.of(),
            commitment)
        .withDigest();
  }

  Decision withDigest() {
    return new Decision(
        state,
        reason,
        ruleset,
        receivedAt,
        derivation,
        renderingTraces,
        gateTrace,
        temporal,
        renderings,
        commitment,
        canonical().sha256());
  }

  /** The RFC 8785 form of {@link #digested}, written without a tree in between. */
  Octets canonical() {
    CanonicalWriter out = new CanonicalWriter();
    out.beginObject().name("derivation").beginArray();
    derivation.forEach(trace -> trace.write(out));
    renderingTraces.forEach(trace -> trace.write(out));
    out.endArray().name("gate_trace").beginArray();
    gateTrace.forEach(trace -> trace.write(out));
    out.endArray().name("reason");
    reason.ifPresentOrElse(found -> found.write(out), () -> out.text(null));
    out.name("received_at").text(receivedAt).name("request");
    out.beginObject().name("commitment").text(commitment).endObject().name("ruleset");
    ruleset.ifPresentOrElse(found -> found.write(out), () -> out.text(null));
    out.name("state").text(state.name()).name("temporal");
    temporal.ifPresentOrElse(found -> found.write(out), () -> out.text(null));
    return out.endObject().octets();
  }

  /** What the decision digest covers. */
  ObjectNode digested() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("state", state.name());
    json.set("reason", reason.map(Reason::toJson).orElse(null));
    json.set("ruleset", ruleset.map(RulesetIdentity::toJson).orElse(null));
    json.put("received_at", receivedAt);
    ArrayNode rules = json.putArray("derivation");
    derivation.forEach(trace -> rules.add(trace.toJson()));
    renderingTraces.forEach(trace -> rules.add(trace.toJson()));
    ArrayNode gates = json.putArray("gate_trace");
    gateTrace.forEach(trace -> gates.add(trace.toJson()));
    json.set("temporal", temporal.map(Temporal::toJson).orElse(null));
    json.putObject("request").put("commitment", commitment);
    return json;
  }
}
