package dev.nofate.cli.witness;

import java.util.Locale;

/**
 * What a look at the log found.
 *
 * @param log origin of what was kept, or of what is signed when nothing was
 * @param found how that stands to what was kept
 * @param kept how many events were signed when it was looked at before; null the first time
 * @param size how many events are signed now, or are there when fewer are than were signed
 * @param evidence file that was written because of it; null when nothing contradicts, and when the
 *     log does not sign how short it is
 */
public record Sighting(String log, Found found, Long kept, long size, String evidence) {

  /** How what is signed now stands to what was signed before. */
  public enum Found {
    /** Nothing was kept before. */
    FIRST(0),
    /** What was signed before is the beginning of what is signed now. */
    CONSISTENT(0),
    /** Fewer events are signed than before. */
    SHORTER(3),
    /** The events that were signed before are others now. */
    DIFFERENT(4),
    /** What is signed now is of another log. */
    ANOTHER_LOG(4),
    /** No key that counts signed it. */
    NOT_SIGNED(4);

    private final int exitCode;

    Found(int exitCode) {
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  @Override
  public String toString() {
    String text =
        switch (found) {
          case FIRST -> "%d events are signed; nothing was kept before.".formatted(size);
          case CONSISTENT ->
              "%d events are signed; the %d that were signed before are their beginning."
                  .formatted(size, kept);
          case SHORTER -> "The log has %d events, and %d were signed before.".formatted(size, kept);
          case DIFFERENT ->
              "%d events are signed; the %d that were signed before are not their beginning."
                  .formatted(size, kept);
          case ANOTHER_LOG ->
              "%d events of another log are signed; %d of this one were before."
                  .formatted(size, kept);
          case NOT_SIGNED -> "No key that counts signed the %d events.".formatted(size);
        };
    return "%s: %s%n  %s%s"
        .formatted(
            found.name().toUpperCase(Locale.ROOT),
            text,
            log,
            evidence == null ? "" : "%n  evidence: %s".formatted(evidence));
  }
}
