package dev.nofate.gate.console.evaluation;

import dev.nofate.gate.evaluate.EvaluationFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;

/** The filter of the list as its form sends it: an empty field is an absent one. */
public class Wanted {

  private static final String PAGE = "50";

  @RestQuery String state;
  @RestQuery String gate;
  @RestQuery String code;
  @RestQuery String direction;
  @RestQuery String ruleset;
  @RestQuery String from;
  @RestQuery String to;
  @RestQuery String after;
  @RestQuery String tail;

  EvaluationFilter filter() {
    return EvaluationFilter.of(
        given(state),
        given(gate),
        given(code),
        given(direction),
        given(ruleset),
        time(from),
        time(to),
        given(after),
        PAGE);
  }

  /** A form's time is UTC and has no offset; an RFC 3339 time passes as it is. */
  private static String time(String text) {
    String given = given(text);
    if (given == null || given.endsWith("Z") || given.matches(".*[+-]\\d\\d:\\d\\d")) {
      return given;
    }
    return given.length() == "2026-11-26T01:02".length() ? given + ":00Z" : given + "Z";
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  public String state() {
    return text(state);
  }

  public String gate() {
    return text(gate);
  }

  public String code() {
    return text(code);
  }

  public String direction() {
    return text(direction);
  }

  public String ruleset() {
    return text(ruleset);
  }

  public String from() {
    return text(from);
  }

  public String to() {
    return text(to);
  }

  /** Whether the list is read again by itself: only its newest page is. */
  public boolean tail() {
    return "on".equals(tail) && given(after) == null;
  }

  /** Whether anything is filtered. */
  public boolean filtered() {
    return !query(null, false).isEmpty();
  }

  /** The same list as a query, from a cursor on. */
  public String behind(String cursor) {
    return query(cursor, false);
  }

  /** The newest page as a query, read again by itself or not. */
  public String newest(boolean again) {
    return query(null, again);
  }

  private String query(String cursor, boolean again) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("state", given(state));
    parts.put("gate", given(gate));
    parts.put("code", given(code));
    parts.put("direction", given(direction));
    parts.put("ruleset", given(ruleset));
    parts.put("from", given(from));
    parts.put("to", given(to));
    parts.put("after", cursor);
    parts.put("tail", again ? "on" : null);
    return parts.entrySet().stream()
        .filter(part -> part.getValue() != null)
        .map(
            part ->
                part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
