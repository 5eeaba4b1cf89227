package dev.nofate.gate.evaluate;

import dev.nofate.gate.engine.json.Octets;

/**
 * An evaluation as stored.
 *
 * @param commitment {@code hmac-sha256:} of the request
 * @param salt its key; null after erasure
 * @param answer the answer's bytes; null after erasure
 */
record StoredEvaluation(String commitment, Octets salt, byte[] answer) {
  boolean erased() {
    return answer == null;
  }
}
