package dev.nofate.gate.evaluate;

import java.util.Optional;

/**
 * Everything that is kept of an evaluation, for its tenant's own people.
 *
 * @param summary as lists show it
 * @param rulesetDigest of the version that decided, or null when none was found
 * @param commitment {@code hmac-sha256:} of the request
 * @param firstSeq where its events start in the chain
 * @param lastSeq where they end
 * @param content empty after erasure
 */
public record EvaluationRecord(
    EvaluationSummary summary,
    String rulesetDigest,
    String commitment,
    long firstSeq,
    long lastSeq,
    Optional<Content> content) {

  /**
   * What can be erased.
   *
   * @param request the body as received
   * @param answer the answer as given
   */
  public record Content(byte[] request, byte[] answer) {
    @Override
    public String toString() {
      return "Content[…]";
    }
  }
}
