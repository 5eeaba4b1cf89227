package dev.nofate.cli.backup;

/**
 * What a chain of a restored database was found to be.
 *
 * @param tenant whose
 * @param events how many verified events it has
 * @param checkpoint size of the largest checkpoint that it was held against; null for none
 * @param outcome how it came out
 * @param observed what was observed, in a sentence
 */
public record RestoredChain(
    String tenant, long events, Long checkpoint, Outcome outcome, String observed) {

  /** From good to bad. */
  enum Outcome {
    /** Intact, and all that was signed is there unchanged. */
    HOLDS,
    /** Intact; no checkpoint was there to show whether it is all of it. */
    WITHOUT_CHECKPOINT,
    /** Intact, and shorter than a checkpoint: events that were acknowledged are gone. */
    TAIL_MISSING,
    /** A checkpoint that no known key signed. */
    CHECKPOINT_NOT_SIGNED,
    /** Intact, and not the history that was signed. */
    ROOT_DIFFERS,
    /** Some event is not what its hash says. */
    BROKEN
  }

  boolean isBad() {
    return outcome.compareTo(Outcome.TAIL_MISSING) > 0;
  }

  boolean lostItsTail() {
    return outcome == Outcome.TAIL_MISSING;
  }

  /** How many events were signed and are not there. */
  long lost() {
    return lostItsTail() ? checkpoint - events : 0;
  }
}
