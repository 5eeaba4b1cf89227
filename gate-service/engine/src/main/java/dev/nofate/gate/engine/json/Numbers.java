package dev.nofate.gate.engine.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import org.erdtman.jcs.NumberToJSON;

/** Numbers of I-JSON: a literal counts only when a double renders back to the same value. */
final class Numbers {

  /** Decimal exponents far beyond those of a double; past them a literal is not read at all. */
  private static final int EXPONENT_BOUND = 10_000;

  /**
   * Decimals of at most this many digits differ as doubles when they differ (DBL_DIG of IEEE 754),
   * so each is the shortest text of its double: no need to render it in order to know.
   */
  private static final int DISTINCT_DIGITS = 15;

  private static final double BELOW_DISTINCT = 1e15;

  /** Powers of ten that are exactly doubles. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** Fractions up to here are written without an exponent (ECMAScript Number::toString). */
  private static final int PLAIN_FRACTION = 6;

  private Numbers() {}

  /**
   * The value a literal stands for: a {@code Long} when it is whole and fits, otherwise a {@code
   * Double}; empty when the literal and its RFC 8785 rendering differ in value.
   *
   * @param literal a number of the JSON grammar
   */
  static Optional<Number> exact(String literal) {
    if (isZero(literal)) {
      return Optional.of(0L);
    }
    double shortest = ofFewDigits(literal);
    if (!Double.isNaN(shortest)) {
      boolean whole = Math.rint(shortest) == shortest;
      return Optional.of(
          whole ? (Number) Long.valueOf((long) shortest) : (Number) Double.valueOf(shortest));
    }
    if (!exponentWithinBound(literal)) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(literal);
    double rounded = value.doubleValue();
    if (Double.isInfinite(rounded)) {
      return Optional.empty();
    }
    BigDecimal rendered = new BigDecimal(rendering(rounded));
    if (value.compareTo(rendered) != 0) {
      return Optional.empty();
    }
    boolean whole = Math.rint(rounded) == rounded && Math.abs(rounded) < 0x1p63;
    // The rendering counts: beyond 2^53 the double behind it may be another whole number.
    return Optional.of(
        whole
            ? (Number) Long.valueOf(rendered.longValueExact())
            : (Number) Double.valueOf(rounded));
  }

  static String exactRendering(BigDecimal value) {
    String rendering = rendering(value.doubleValue());
    if (new BigDecimal(rendering).compareTo(value) != 0) {
      throw new IllegalArgumentException("the number is not exactly a double");
    }
    return rendering;
  }

  /** The text of a finite double (ECMAScript Number::toString). */
  static String rendering(double value) {
    String plain = plainRendering(value);
    if (plain != null) {
      return plain;
    }
    try {
      return NumberToJSON.serializeNumber(value);
    } catch (IOException e) {
      throw new IllegalArgumentException("a number that is not finite has no JSON form", e);
    }
  }

  /**
   * The double of a literal of few digits without exponent, NaN of any other. Both parts of the
   * quotient are exactly doubles, so it is rounded once, like the literal itself.
   */
  private static double ofFewDigits(String literal) {
    long digits = 0;
    int point = -1;
    int from = literal.charAt(0) == '-' ? 1 : 0;
    for (int i = from; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '.') {
        point = i;
      } else if (c >= '0' && c <= '9' && digits < (long) BELOW_DISTINCT / 10) {
        digits = 10 * digits + (c - '0');
      } else {
        return Double.NaN;
      }
    }
    int fraction = point < 0 ? 0 : literal.length() - point - 1;
    if (fraction >= POWERS.length) {
      return Double.NaN;
    }
    double value = digits / POWERS[fraction];
    return from == 0 ? value : -value;
  }

  /** The text of a double that has few digits, none of them behind an exponent; else null. */
  private static String plainRendering(double value) {
    double magnitude = Math.abs(value);
    for (int fraction = 1; fraction <= PLAIN_FRACTION; fraction++) {
      double scaled = Math.rint(magnitude * POWERS[fraction]);
      if (!(scaled < BELOW_DISTINCT)) {
        return null;
      }
      if (scaled > 0 && scaled / POWERS[fraction] == magnitude) {
        return decimal((long) scaled, fraction, value < 0);
      }
    }
    return null;
  }

  private static String decimal(long scaled, int fraction, boolean negative) {
    long unit = (long) POWERS[fraction];
    if (scaled % unit == 0) {
      return (negative ? "-" : "") + scaled / unit;
    }
    String digits = Long.toString(unit + scaled % unit);
    return (negative ? "-" : "") + scaled / unit + "." + digits.substring(1);
  }

  private static boolean isZero(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == 'e' || c == 'E') {
        return true;
      }
      if (isNonZeroDigit(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean exponentWithinBound(String literal) {
    int mark = Math.max(literal.indexOf('e'), literal.indexOf('E'));
    if (mark < 0) {
      return true;
    }
    int digits = mark + 1;
    while (digits < literal.length() && !isNonZeroDigit(literal.charAt(digits))) {
      digits++;
    }
    return literal.length() - digits <= 5
        && (digits == literal.length()
            || Integer.parseInt(literal.substring(digits)) <= EXPONENT_BOUND);
  }

  private static boolean isNonZeroDigit(char c) {
    return c >= '1' && c <= '9';
  }
}
