package dev.nofate.gate.evaluate;

import dev.nofate.gate.engine.State;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The answer of an evaluation, for the OpenAPI document: its bytes are made from the engine's tree.
 *
 * @param evaluationId derived from tenant and idempotency key
 * @param state one of the four
 * @param reason why, null for compliance
 * @param ruleset what decided, null when none was found
 * @param receivedAt RFC 3339 UTC with six fraction digits
 * @param derivation a trace for each rule
 * @param gateTrace a trace for each gate that ran
 * @param temporal staleness, null when not measured
 * @param request the request's keyed commitment
 * @param decisionDigest {@code sha256:} of the decision
 * @param renderings of a backward evaluation: each with its digest; absent otherwise
 * @param audit the place in the tenant's chain
 * @param metering the units recorded
 */
@Schema(name = "EvaluationAnswer")
public record EvaluationAnswer(
    UUID evaluationId,
    State state,
    Object reason,
    Object ruleset,
    String receivedAt,
    List<Object> derivation,
    List<Object> gateTrace,
    Object temporal,
    Commitment request,
    String decisionDigest,
    List<Object> renderings,
    Place audit,
    Units metering) {

  /** The commitment and its key. */
  public record Commitment(String commitment, String salt) {}

  /** Where the evaluation's events stand. */
  public record Place(long firstSeq, long lastSeq, String headHash) {}

  /** What is metered. */
  public record Units(long bytesIn, long bytesOut, int gatesExecuted, int auditWrites) {}
}
