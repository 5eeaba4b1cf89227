package dev.nofate.gate.evaluate;

import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.engine.json.Octets;
import java.util.Optional;
import java.util.UUID;

/**
 * An evaluation as stored.
 *
 * @param evaluation its id
 * @param direction which way it was evaluated
 * @param receivedAt RFC 3339 UTC with six fraction digits
 * @param state the state it ended in
 * @param ruleset the version that decided, pinned; empty when none was found
 * @param decisionDigest {@code sha256:} of the decision
 * @param commitment {@code hmac-sha256:} of the request
 * @param content what can be erased; empty after erasure
 */
record StoredEvaluation(
    UUID evaluation,
    Direction direction,
    String receivedAt,
    State state,
    Optional<RulesetReference> ruleset,
    String decisionDigest,
    String commitment,
    Optional<Content> content) {

  /**
   * The erasable part.
   *
   * @param salt the commitment's key
   * @param request the body as received
   * @param answer the answer's bytes
   */
  record Content(Octets salt, byte[] request, byte[] answer) {}
}
