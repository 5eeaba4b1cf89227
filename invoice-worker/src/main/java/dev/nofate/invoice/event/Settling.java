package dev.nofate.invoice.event;

import java.util.Locale;

/** How an attempt at an event ended. */
sealed interface Settling {

  /** Nothing is left to do. */
  enum Done implements Settling {
    /** An invoice or the standing moved. */
    APPLIED,
    /** What the event says was known. */
    UNCHANGED,
    /** Events of this type are not acted on. */
    NOT_ACTED_ON
  }

  /**
   * It did not work, and is tried again later or parked.
   *
   * @param reason what was observed, without content of the event
   * @param permanent whether it lies in the event itself, so that no later attempt ends otherwise
   */
  record Failed(String reason, boolean permanent) implements Settling {

    /** What a later attempt may not meet again. */
    Failed(String reason) {
      this(reason, false);
    }
  }

  /** The name of the end, as a metric's tag. */
  default String tag() {
    return this instanceof Done done ? done.name().toLowerCase(Locale.ROOT) : "failed";
  }
}
