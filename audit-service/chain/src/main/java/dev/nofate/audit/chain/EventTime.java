package dev.nofate.audit.chain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The one text form of an event's time: RFC 3339 in UTC, exactly six fraction digits, {@code Z}.
 * The order of two texts is the order of the times.
 */
public final class EventTime {

  private static final int LENGTH = "0000-00-00T00:00:00.000000Z".length();
  private static final DateTimeFormatter WRITER =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);
  private static final int NANOS_PER_MICRO = 1_000;
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private EventTime() {}

  /**
   * The text form of a time.
   *
   * @throws IllegalArgumentException when the time has a fraction below a microsecond or a year
   *     outside 0000 to 9999
   */
  public static String text(Instant at) {
    require(at);
    return WRITER.format(at);
  }

  /** Refuses a time without a text form, as {@link #text} does. */
  static void require(Instant at) {
    if (at.getNano() % NANOS_PER_MICRO != 0 || at.isBefore(FIRST) || at.isAfter(LAST)) {
      throw new IllegalArgumentException("not a time in whole microseconds of a four-digit year");
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when it is another form, or no time of the calendar
   */
  public static Instant parse(String text) {
    if (text.length() == LENGTH) {
      try {
        return WRITER.parse(text, Instant::from);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "not a UTC time of the calendar, six fraction digits", e);
      }
    }
    throw new IllegalArgumentException("not a UTC time with six fraction digits");
  }

  /** The time without what is below a microsecond. */
  public static Instant truncated(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
