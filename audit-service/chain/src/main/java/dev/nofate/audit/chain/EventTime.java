package dev.nofate.audit.chain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one text form of an event's time: RFC 3339 in UTC, exactly six fraction digits, {@code Z}.
 * The order of two texts is the order of the times.
 */
public final class EventTime {

  private static final Pattern FORM =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z");
  private static final DateTimeFormatter WRITER =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
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
    if (!at.equals(truncated(at)) || at.isBefore(FIRST) || at.isAfter(LAST)) {
      throw new IllegalArgumentException("not a time in whole microseconds of a four-digit year");
    }
    return WRITER.format(at);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when it is another form, or no time of the calendar
   */
  public static Instant parse(String text) {
    if (FORM.matcher(text).matches()) {
      try {
        Instant at = Instant.parse(text);
        if (text(at).equals(text)) {
          return at;
        }
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("not a time of the calendar", e);
      }
    }
    throw new IllegalArgumentException("not a UTC time with six fraction digits");
  }

  /** The time without what is below a microsecond. */
  public static Instant truncated(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
