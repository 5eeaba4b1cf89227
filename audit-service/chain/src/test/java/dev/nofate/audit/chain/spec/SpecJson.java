package dev.nofate.audit.chain.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader of RFC 8259 written from the RFC alone. Objects become maps, arrays lists, numbers
 * {@link BigDecimal}, {@code null} null; whatever the grammar does not allow ends it, and so does a
 * key that stands twice in one object.
 */
final class SpecJson {

  private final String text;
  private int at;

  private SpecJson(String text) {
    this.text = text;
  }

  static Object read(String text) {
    SpecJson json = new SpecJson(text);
    json.space();
    Object value = json.value();
    json.space();
    json.demand(json.at == text.length());
    return value;
  }

  private Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    space();
    if (taken('}')) {
      return members;
    }
    do {
      space();
      String name = string();
      space();
      demand(taken(':'));
      space();
      demand(!members.containsKey(name));
      members.put(name, value());
      space();
    } while (taken(','));
    demand(taken('}'));
    return members;
  }

  private List<Object> array() {
    List<Object> items = new ArrayList<>();
    at++;
    space();
    if (taken(']')) {
      return items;
    }
    do {
      space();
      items.add(value());
      space();
    } while (taken(','));
    demand(taken(']'));
    return items;
  }

  private String string() {
    demand(taken('"'));
    StringBuilder out = new StringBuilder();
    while (!taken('"')) {
      char c = peek();
      demand(c >= 0x20);
      at++;
      out.append(c == '\\' ? escaped() : c);
    }
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    demand(c == 'u' && at + 4 <= text.length());
    String digits = text.substring(at, at + 4);
    demand(digits.matches("[0-9a-fA-F]{4}"));
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private BigDecimal number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String literal = text.substring(start, at);
    demand(literal.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"));
    return new BigDecimal(literal);
  }

  private Object word(String word, Object meaning) {
    demand(text.startsWith(word, at));
    at += word.length();
    return meaning;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean taken(char c) {
    boolean here = at < text.length() && text.charAt(at) == c;
    if (here) {
      at++;
    }
    return here;
  }

  private char peek() {
    demand(at < text.length());
    return text.charAt(at);
  }

  private void demand(boolean condition) {
    if (!condition) {
      throw new SpecFault("not JSON at character " + at);
    }
  }
}
