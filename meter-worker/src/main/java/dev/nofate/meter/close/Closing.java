package dev.nofate.meter.close;

import dev.nofate.meter.usage.UsageFold;

/**
 * How far closing came in one turn.
 *
 * @param fold what is behind the last entry, as far as it was read
 * @param filed number of entries filed
 * @param stop why it went no further
 */
public record Closing(UsageFold fold, int filed, Stop stop) {

  /** Whether the fold holds all usage behind the last entry, and so can be shown as open. */
  public boolean showsOpenUsage() {
    return stop == Stop.CAUGHT_UP || stop == Stop.TOO_EARLY;
  }

  /** Why closing went no further. */
  public enum Stop {
    /** Everything known is read, and no finished period has usage. */
    CAUGHT_UP,
    /** By our clock the period is over, by the log's it is not yet. */
    TOO_EARLY,
    /** The turn's bound was reached. */
    BOUND_REACHED,
    /** The ledger has moved on: another replica filed. */
    LEDGER_MOVED
  }
}
