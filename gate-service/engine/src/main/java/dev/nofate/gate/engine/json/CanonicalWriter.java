package dev.nofate.gate.engine.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/**
 * The serialisation of RFC 8785 section 3.2, straight into UTF-8. The text of numbers comes from
 * the reference library; order and escapes are written here because the library reads text again
 * and recurses over it. What is written without a tree has to come in canonical order.
 */
public final class CanonicalWriter {

  /** String.compareTo compares UTF-16 units, the order RFC 8785 section 3.2.3 asks for. */
  private static final Comparator<Map.Entry<String, JsonNode>> BY_NAME = Map.Entry.comparingByKey();

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Whole numbers below this are exactly doubles, and their text is their digits. */
  private static final long EXACT = 1L << 53;

  private byte[] out = new byte[1024];
  private int length;
  private boolean separate;
  private String[] names = new String[8];
  private int depth;

  /** Begins an object; its members follow in order of their names. */
  public CanonicalWriter beginObject() {
    begin('{');
    if (++depth == names.length) {
      names = Arrays.copyOf(names, 2 * depth);
    }
    names[depth] = null;
    return this;
  }

  /**
   * The name of the next member.
   *
   * @throws IllegalStateException when it does not come after the one before
   */
  public CanonicalWriter name(String name) {
    if (names[depth] != null && names[depth].compareTo(name) >= 0) {
      throw new IllegalStateException("names do not ascend");
    }
    names[depth] = name;
    text(name);
    put(':');
    separate = false;
    return this;
  }

  /** Ends an object. */
  public CanonicalWriter endObject() {
    depth--;
    return end('}');
  }

  /** Begins an array. */
  public CanonicalWriter beginArray() {
    return begin('[');
  }

  /** Ends an array. */
  public CanonicalWriter endArray() {
    return end(']');
  }

  /** A string, or null. */
  public CanonicalWriter text(String text) {
    if (text == null) {
      return word("null");
    }
    comma();
    put('"');
    ensure(text.length() + 1);
    for (int i = plain(text); i < text.length(); i++) {
      i += character(text, i);
    }
    return end('"');
  }

  /** Strings in the order given. */
  public CanonicalWriter texts(Iterable<String> texts) {
    beginArray();
    texts.forEach(this::text);
    return endArray();
  }

  /** A boolean, or null. */
  public CanonicalWriter bool(Boolean value) {
    return word(String.valueOf(value));
  }

  /** A whole number of at most 53 bits. */
  public CanonicalWriter whole(long value) {
    if (value <= -EXACT || value >= EXACT) {
      throw new IllegalArgumentException("the number may not be exactly a double");
    }
    return word(Long.toString(value));
  }

  /**
   * A value with everything in it.
   *
   * @throws IllegalArgumentException when it has no canonical form
   */
  public CanonicalWriter value(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> object(value);
      case ARRAY -> array(value);
      case STRING -> text(value.textValue());
      case NUMBER -> number(value);
      case BOOLEAN -> bool(value.booleanValue());
      case NULL -> word("null");
      default -> throw new IllegalArgumentException("not a JSON value");
    };
  }

  /** What was written. */
  public Octets octets() {
    return Octets.of(out, length);
  }

  private CanonicalWriter object(JsonNode object) {
    @SuppressWarnings("unchecked") // An array of a generic type has no other way to be made.
    Map.Entry<String, JsonNode>[] members = object.properties().toArray(new Map.Entry[0]);
    Arrays.sort(members, BY_NAME);
    beginObject();
    for (Map.Entry<String, JsonNode> member : members) {
      name(member.getKey());
      value(member.getValue());
    }
    return endObject();
  }

  private CanonicalWriter array(JsonNode array) {
    beginArray();
    for (JsonNode element : array) {
      value(element);
    }
    return endArray();
  }

  private CanonicalWriter number(JsonNode number) {
    if (number.isIntegralNumber() && number.canConvertToLong()) {
      long whole = number.longValue();
      if (whole > -EXACT && whole < EXACT) {
        return word(Long.toString(whole));
      }
    }
    return word(
        number.isDouble() || number.isFloat()
            ? Numbers.rendering(number.doubleValue())
            : Numbers.exactRendering(number.decimalValue()));
  }

  private CanonicalWriter begin(char bracket) {
    comma();
    put(bracket);
    separate = false;
    return this;
  }

  private CanonicalWriter end(char bracket) {
    put(bracket);
    separate = true;
    return this;
  }

  private CanonicalWriter word(String ascii) {
    comma();
    ensure(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      out[length++] = (byte) ascii.charAt(i);
    }
    separate = true;
    return this;
  }

  private void comma() {
    if (separate) {
      put(',');
    }
  }

  /** Writes the plain characters a text begins with, which are mostly all; answers how many. */
  private int plain(String text) {
    byte[] octets = out;
    int from = length;
    int count = text.length();
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (!isPlain(c)) {
        length = from + i;
        return i;
      }
      octets[from + i] = (byte) c;
    }
    length = from + count;
    return count;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
  }

  /** Writes the character at {@code i}; answers how many further units it took. */
  private int character(String text, int i) {
    char c = text.charAt(i);
    if (isPlain(c)) {
      put(c);
    } else if (c < 0x80) {
      escape(c);
    } else if (c < 0x800) {
      put(0xc0 | c >> 6);
      put(0x80 | c & 0x3f);
    } else if (!Character.isSurrogate(c)) {
      put(0xe0 | c >> 12);
      put(0x80 | c >> 6 & 0x3f);
      put(0x80 | c & 0x3f);
    } else {
      int codePoint = text.codePointAt(i);
      if (!Character.isSupplementaryCodePoint(codePoint)) {
        throw new IllegalArgumentException("a lone surrogate has no UTF-8 form");
      }
      put(0xf0 | codePoint >> 18);
      put(0x80 | codePoint >> 12 & 0x3f);
      put(0x80 | codePoint >> 6 & 0x3f);
      put(0x80 | codePoint & 0x3f);
      return 1;
    }
    return 0;
  }

  private void escape(char c) {
    put('\\');
    switch (c) {
      case '"', '\\' -> put(c);
      case '\b' -> put('b');
      case '\t' -> put('t');
      case '\n' -> put('n');
      case '\f' -> put('f');
      case '\r' -> put('r');
      default -> {
        put('u');
        put('0');
        put('0');
        put(HEX[c >> 4]);
        put(HEX[c & 15]);
      }
    }
  }

  private void put(int octet) {
    ensure(1);
    out[length++] = (byte) octet;
  }

  private void ensure(int more) {
    if (out.length - length < more) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
    }
  }
}
