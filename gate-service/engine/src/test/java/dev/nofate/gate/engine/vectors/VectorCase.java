package dev.nofate.gate.engine.vectors;

import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import java.util.Optional;

/**
 * A vector as it is stated by hand: what goes in, and the state and code that come out.
 *
 * @param name what the vector shows
 * @param ruleset name of the ruleset offered to the engine; empty when none is found
 * @param body the request body as text
 * @param receivedAt the recorded time of receipt
 * @param second what the second derivation is made to do
 * @param state the expected state
 * @param code the expected code
 */
record VectorCase(
    String name,
    Optional<String> ruleset,
    String body,
    String receivedAt,
    Second second,
    State state,
    Optional<ReasonCode> code) {

  VectorCase(
      String name,
      Optional<String> ruleset,
      String body,
      String receivedAt,
      boolean secondDisagrees,
      State state,
      Optional<ReasonCode> code) {
    this(
        name,
        ruleset,
        body,
        receivedAt,
        secondDisagrees ? Second.DIFFERS : Second.AGREES,
        state,
        code);
  }

  /** What the second derivation does. */
  enum Second {
    AGREES,
    DIFFERS,
    RENDERS_OTHERWISE
  }
}
