package dev.nofate.audit.append;

import dev.nofate.audit.chain.Position;

/** A batch was placed behind an event that the chain does not hold; nothing of it was written. */
final class HeadGoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HeadGoneException(Position behind) {
    super(
        "chain %s no longer holds the event %d that it ended with"
            .formatted(behind.tenant(), behind.seq()),
        null,
        false,
        false);
  }
}
