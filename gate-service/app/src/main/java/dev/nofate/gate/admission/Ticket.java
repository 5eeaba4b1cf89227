package dev.nofate.gate.admission;

/**
 * What admission said of a request.
 *
 * @param limit evaluations a window of one minute
 * @param used those counted in this window, this one included
 * @param resetMs until the window ends
 * @param hint whether the request is a repeat
 */
public record Ticket(long limit, long used, long resetMs, Hint hint) {

  /** What is known of the idempotency key before anything is looked up. */
  public enum Hint {
    /** Not seen before. */
    FRESH,
    /** Being processed by some replica. */
    RUNNING,
    /** Answered before. */
    ANSWERED,
    /** Redis did not tell. */
    UNKNOWN
  }

  public boolean exceeded() {
    return used > limit;
  }

  public long remaining() {
    return Math.max(0, limit - used);
  }

  /** Whole seconds until the window ends, at least one. */
  public long resetSeconds() {
    return Math.max(1, (resetMs + 999) / 1000);
  }
}
