package dev.nofate.gate.engine;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * RFC 3339 date-times, read strictly: upper-case {@code T} and {@code Z}, at most nine fraction
 * digits, an offset, no leap second (it names no instant that can be subtracted exactly).
 */
final class Timestamp {

  /** Digits stand for any digit. */
  private static final String SHAPE = "0000-00-00T00:00:00";

  private static final int LONGEST = "0000-00-00T00:00:00.000000000+00:00".length();
  private static final int NANO_DIGITS = 9;

  private Timestamp() {}

  static Optional<Instant> parse(String text) {
    if (text.length() <= SHAPE.length()
        || text.length() > LONGEST
        || !has(SHAPE, text, 0, SHAPE.length())) {
      return Optional.empty();
    }
    int zone = SHAPE.length();
    int nanos = 0;
    if (text.charAt(zone) == '.') {
      int first = zone + 1;
      zone = first;
      while (zone < text.length() && isDigit(text.charAt(zone))) {
        zone++;
      }
      if (zone == first || zone - first > NANO_DIGITS) {
        return Optional.empty();
      }
      nanos = number(text, first, zone);
      for (int digits = zone - first; digits < NANO_DIGITS; digits++) {
        nanos *= 10;
      }
    }
    return instant(text, zone, nanos);
  }

  private static Optional<Instant> instant(String text, int zone, int nanos) {
    boolean utc = zone + 1 == text.length() && text.charAt(zone) == 'Z';
    if (!utc && !(has("+00:00", text, zone, 6) || has("-00:00", text, zone, 6))) {
      return Optional.empty();
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(text, 0, 4),
              number(text, 5, 7),
              number(text, 8, 10),
              number(text, 11, 13),
              number(text, 14, 16),
              number(text, 17, 19),
              nanos);
      return Optional.of(local.toInstant(utc ? ZoneOffset.UTC : offset(text, zone)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ZoneOffset offset(String text, int zone) {
    int sign = text.charAt(zone) == '-' ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(
        sign * number(text, zone + 1, zone + 3), sign * number(text, zone + 4, zone + 6));
  }

  /**
   * Whether {@code length} characters from {@code at} on have the shape and, with it, text ends.
   */
  private static boolean has(String shape, String text, int at, int length) {
    if (at > 0 ? text.length() != at + length : text.length() < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char expected = shape.charAt(i);
      char found = text.charAt(at + i);
      if (expected == '0' ? !isDigit(found) : found != expected) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + (text.charAt(i) - '0');
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
