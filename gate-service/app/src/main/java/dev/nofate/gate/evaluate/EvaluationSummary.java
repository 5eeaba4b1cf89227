package dev.nofate.gate.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.gate.engine.State;
import java.util.UUID;

/**
 * An evaluation as lists show it.
 *
 * @param evaluationId the id
 * @param receivedAt RFC 3339 UTC
 * @param direction {@code forward} or {@code backward}
 * @param state one of the four
 * @param gate the gate that failed, or null
 * @param code why, or null
 * @param ruleset {@code name@version}, or null when none was found
 * @param decisionDigest {@code sha256:} of the decision
 * @param contentErased whether request, answer and salt are gone
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EvaluationSummary(
    UUID evaluationId,
    String receivedAt,
    String direction,
    State state,
    String gate,
    String code,
    String ruleset,
    String decisionDigest,
    boolean contentErased) {}
