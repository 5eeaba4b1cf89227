package dev.nofate.meter.period;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A half-open stretch of UTC time: {@code start} belongs to it, {@code end} does not.
 *
 * @param start inclusive
 * @param end exclusive, later than {@code start}
 */
public record Period(Instant start, Instant end) {

  /** As in the chain: RFC 3339 UTC with six fraction digits, so that texts can be compared. */
  private static final DateTimeFormatter WIRE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  public Period {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("a period ends after it starts");
    }
  }

  /** Whether the period is over at this instant. */
  public boolean isOverAt(Instant instant) {
    return !instant.isBefore(end);
  }

  /** The start as it stands on the wire. */
  public String startText() {
    return WIRE.format(start);
  }

  /** The end as it stands on the wire. */
  public String endText() {
    return WIRE.format(end);
  }
}
