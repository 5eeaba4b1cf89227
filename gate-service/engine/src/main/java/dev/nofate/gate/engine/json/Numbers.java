package dev.nofate.gate.engine.json;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers of I-JSON: a literal counts only when a double renders back to the same value. */
final class Numbers {

  /** Decimal exponents far beyond those of a double; past them a literal is not read at all. */
  private static final int EXPONENT_BOUND = 10_000;

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
    if (!exponentWithinBound(literal)) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(literal);
    double rounded = value.doubleValue();
    if (Double.isInfinite(rounded)) {
      return Optional.empty();
    }
    BigDecimal rendered = new BigDecimal(CanonicalWriter.rendering(rounded));
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
    String rendering = CanonicalWriter.rendering(value.doubleValue());
    if (new BigDecimal(rendering).compareTo(value) != 0) {
      throw new IllegalArgumentException("the number is not exactly a double");
    }
    return rendering;
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
