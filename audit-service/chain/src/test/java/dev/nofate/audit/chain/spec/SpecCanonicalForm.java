package dev.nofate.audit.chain.spec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * RFC 8785 from its own words: members ordered by the UTF-16 code units of their names, strings
 * with the fewest escapes, numbers as ECMAScript writes the double they stand for. Refuses what has
 * no such form: lone surrogates, and numbers that the form would change.
 */
final class SpecCanonicalForm {

  private static final String SHORT_ESCAPES = "\b\t\n\f\r\"\\";
  private static final String SHORT_LETTERS = "btnfr\"\\";

  private SpecCanonicalForm() {}

  static String of(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> object) {
      TreeMap<String, Object> sorted = new TreeMap<>();
      object.forEach((name, member) -> sorted.put((String) name, member));
      String between = "{";
      for (Map.Entry<String, Object> member : sorted.entrySet()) {
        out.append(between);
        string(member.getKey(), out);
        out.append(':');
        write(member.getValue(), out);
        between = ",";
      }
      out.append(sorted.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> array) {
      String between = "[";
      for (Object item : array) {
        out.append(between);
        write(item, out);
        between = ",";
      }
      out.append(array.isEmpty() ? "[]" : "]");
    } else if (value instanceof String text) {
      string(text, out);
    } else if (value instanceof BigDecimal number) {
      out.append(number(number));
    } else {
      out.append(value);
    }
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    text.codePoints()
        .forEach(
            point -> {
              int escape = SHORT_ESCAPES.indexOf(point);
              if (point >= 0xD800 && point <= 0xDFFF) {
                throw new SpecFault("a lone surrogate");
              } else if (escape >= 0) {
                out.append('\\').append(SHORT_LETTERS.charAt(escape));
              } else if (point < 0x20) {
                out.append("\\u00")
                    .append(point < 16 ? "0" : "1")
                    .append("0123456789abcdef".charAt(point % 16));
              } else {
                out.appendCodePoint(point);
              }
            });
    out.append('"');
  }

  private static String number(BigDecimal literal) {
    double value = literal.doubleValue();
    if (Double.isInfinite(value)) {
      throw new SpecFault("a number beyond the doubles");
    }
    String form = value == 0 ? "0" : (value < 0 ? "-" : "") + positive(Math.abs(value));
    if (new BigDecimal(form).compareTo(literal) != 0) {
      throw new SpecFault("a number that its form would change");
    }
    return form;
  }

  /** ECMAScript's Number::toString: k digits s, and n with s × 10^(n-k) the value. */
  private static String positive(double value) {
    BigDecimal shortest = shortest(value).stripTrailingZeros();
    String s = shortest.unscaledValue().toString();
    int k = s.length();
    int n = k - shortest.scale();
    if (k <= n && n <= 21) {
      return s + "0".repeat(n - k);
    }
    if (0 < n && n <= 21) {
      return s.substring(0, n) + "." + s.substring(n);
    }
    if (-6 < n && n <= 0) {
      return "0." + "0".repeat(-n) + s;
    }
    String exponent = (n - 1 < 0 ? "e-" : "e+") + Math.abs(n - 1);
    return k == 1 ? s + exponent : s.charAt(0) + "." + s.substring(1) + exponent;
  }

  /**
   * The decimal of fewest digits that reads back as the double; of several, the nearest, then the
   * even.
   */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; ; digits++) {
      BigDecimal below = exact.round(new MathContext(digits, RoundingMode.FLOOR));
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.CEILING));
      int nearer = exact.subtract(below).compareTo(above.subtract(exact));
      boolean nearerBelow = nearer < 0 || (nearer == 0 && !below.unscaledValue().testBit(0));
      BigDecimal near = nearerBelow ? below : above;
      BigDecimal far = nearerBelow ? above : below;
      if (near.doubleValue() == value) {
        return near;
      }
      if (far.doubleValue() == value) {
        return far;
      }
    }
  }
}
