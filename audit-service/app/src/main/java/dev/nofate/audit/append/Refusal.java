package dev.nofate.audit.append;

import java.time.Duration;

/** Why an append was not written. Nothing of it is in the log, unless a reason says otherwise. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  enum Reason {
    /** As many appends wait as may wait. */
    QUEUE_FULL,
    /** The database did not confirm it; it may be there, and the same id finds it. */
    NOT_CONFIRMED,
    /** The log's clock is before the append's {@code not_before}. */
    TOO_EARLY
  }

  private final Reason reason;
  private final transient Duration wait;

  Refusal(Reason reason, Duration wait) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.wait = wait;
  }

  Reason reason() {
    return reason;
  }

  /** After which time the answer may be another one. */
  Duration untilChange() {
    return wait;
  }
}
