package dev.nofate.billing.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The one text form of a time in this service: RFC 3339 UTC with exactly six fraction digits, as in
 * the audit log.
 */
public final class Rfc3339 {

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Rfc3339() {}

  /** The text of a time; null for null. */
  public static String text(Instant time) {
    return time == null ? null : MICROSECONDS.format(time);
  }

  /**
   * Reads a time in UTC.
   *
   * @throws DateTimeException when it is not RFC 3339 with {@code Z}, is finer than a microsecond
   *     or has a year outside 1 to 9999
   */
  public static Instant parse(String text) {
    if (text == null || !text.endsWith("Z")) {
      throw new DateTimeException("not a time in UTC");
    }
    Instant time = Instant.parse(text);
    if (!time.truncatedTo(ChronoUnit.MICROS).equals(time)
        || time.isBefore(FIRST)
        || time.isAfter(LAST)) {
      throw new DateTimeException("out of range");
    }
    return time;
  }
}
