package dev.nofate.gate.engine.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.NumberToJSON;

/**
 * The serialisation of RFC 8785 section 3.2. The text of numbers comes from the reference library;
 * order and escapes are written here because the library reads text again and recurses over it.
 */
final class CanonicalWriter {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out = new StringBuilder(512);

  private CanonicalWriter() {}

  static Octets write(JsonNode value) {
    CanonicalWriter writer = new CanonicalWriter();
    writer.value(value);
    return Octets.ofUtf8(writer.out.toString());
  }

  private void value(JsonNode value) {
    switch (value.getNodeType()) {
      case OBJECT -> object(value);
      case ARRAY -> array(value);
      case STRING -> string(value.textValue());
      case NUMBER -> out.append(number(value));
      case BOOLEAN -> out.append(value.booleanValue());
      case NULL -> out.append("null");
      default -> throw new IllegalArgumentException("not a JSON value");
    }
  }

  private void object(JsonNode object) {
    // String.compareTo compares UTF-16 units, the order RFC 8785 section 3.2.3 asks for.
    List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
    members.sort(Map.Entry.comparingByKey());
    out.append('{');
    String separator = "";
    for (Map.Entry<String, JsonNode> member : members) {
      out.append(separator);
      string(member.getKey());
      out.append(':');
      value(member.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private void array(JsonNode array) {
    out.append('[');
    String separator = "";
    for (JsonNode element : array) {
      out.append(separator);
      value(element);
      separator = ",";
    }
    out.append(']');
  }

  private void string(String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        out.append(text, plain, i);
        character(c);
        plain = i + 1;
      } else if (Character.isSurrogate(c)) {
        int codePoint = text.codePointAt(i);
        if (!Character.isSupplementaryCodePoint(codePoint)) {
          throw new IllegalArgumentException("a lone surrogate has no UTF-8 form");
        }
        i++;
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\f' -> out.append("\\f");
      case '\r' -> out.append("\\r");
      default -> {
        out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
  }

  private static String number(JsonNode number) {
    if (number.isIntegralNumber() && number.canConvertToLong()) {
      long whole = number.longValue();
      if (Math.abs(whole) < 1L << 53) {
        return Long.toString(whole);
      }
    }
    return number.isDouble() || number.isFloat()
        ? rendering(number.doubleValue())
        : Numbers.exactRendering(number.decimalValue());
  }

  /** The text of a finite double (ECMAScript Number::toString), by the reference library. */
  static String rendering(double value) {
    try {
      return NumberToJSON.serializeNumber(value);
    } catch (IOException e) {
      throw new IllegalArgumentException("a number that is not finite has no JSON form", e);
    }
  }
}
