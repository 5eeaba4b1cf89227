package dev.nofate.gate.admission;

import java.util.Map;
import java.util.UUID;

/**
 * What admission said of a request.
 *
 * @param limit evaluations a window of one minute
 * @param used those counted in this window, the admitted ones included
 * @param resetMs until the window ends
 * @param exceeded whether the request was refused, and then nothing of it was counted
 * @param hints whether an evaluation asked for is a repeat; unknown where nothing stands
 */
public record Ticket(long limit, long used, long resetMs, boolean exceeded, Map<UUID, Hint> hints) {

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

  public Ticket {
    hints = Map.copyOf(hints);
  }

  /** What is known of an evaluation's key. */
  public Hint hint(UUID evaluation) {
    return hints.getOrDefault(evaluation, Hint.UNKNOWN);
  }

  public long remaining() {
    return Math.max(0, limit - used);
  }

  /** Whole seconds until the window ends, at least one. */
  public long resetSeconds() {
    return Math.max(1, (resetMs + 999) / 1000);
  }
}
