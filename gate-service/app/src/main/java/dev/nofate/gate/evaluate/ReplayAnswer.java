package dev.nofate.gate.evaluate;

import dev.nofate.gate.engine.State;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A stored evaluation derived again.
 *
 * @param evaluationId the evaluation
 * @param matches whether state and decision digest are the recorded ones
 * @param recorded what the evaluation was answered with
 * @param replayed what comes out of the stored request under the recorded time, salt and ruleset
 * @param receivedAt the recorded time, RFC 3339 UTC
 * @param direction {@code forward} or {@code backward}
 * @param engineVersion what derived it again
 */
@Schema(
    name = "ReplayAnswer",
    example =
        """
        {"evaluation_id":"0b6f6f0e-55a1-8f6e-9c0e-4f8f2f5f1f10","matches":true,
         "recorded":{"state":"DETERMINISTIC_COMPLIANCE",
          "decision_digest":"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
         "replayed":{"state":"DETERMINISTIC_COMPLIANCE",
          "decision_digest":"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
         "received_at":"2026-11-23T10:00:00.123456Z","direction":"forward",
         "engine_version":"no-fate/0.1"}""")
public record ReplayAnswer(
    UUID evaluationId,
    boolean matches,
    Outcome recorded,
    Outcome replayed,
    String receivedAt,
    String direction,
    String engineVersion) {

  /** A terminal state with the digest of its decision. */
  @Schema(name = "ReplayOutcome")
  public record Outcome(State state, String decisionDigest) {}
}
