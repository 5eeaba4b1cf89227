package dev.nofate.gate.admission;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What admission said of a request.
 *
 * @param levels of every quota it counts against, the tenant's first
 * @param waitMs until a request of this cost would pass; 0 when this one did
 * @param hints whether an evaluation asked for is a repeat; unknown where nothing stands
 */
public record Ticket(List<Level> levels, long waitMs, Map<UUID, Hint> hints) {

  /**
   * How a quota stands.
   *
   * @param name tenant or key
   * @param perMinute units that come in a minute
   * @param remaining units that could be taken now
   * @param fullMs until it is whole again
   */
  public record Level(String name, long perMinute, long remaining, long fullMs) {}

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
    levels = List.copyOf(levels);
    hints = Map.copyOf(hints);
  }

  /** Whether the request was refused, and then nothing of it was counted. */
  public boolean exceeded() {
    return waitMs > 0;
  }

  /** What is known of an evaluation's key. */
  public Hint hint(UUID evaluation) {
    return hints.getOrDefault(evaluation, Hint.UNKNOWN);
  }

  /** Whole seconds until the request would pass, at least one. */
  public long retrySeconds() {
    return Math.max(1, (waitMs + 999) / 1000);
  }
}
