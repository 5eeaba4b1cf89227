package dev.nofate.gate.engine.fact;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The place of one fact: a variable and the members below it.
 *
 * @param segments the variable's name, then member names; at least one
 */
public record FactPath(List<String> segments) {

  private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

  private static final Finding IMPASSABLE = new Finding.Impassable();
  private static final Finding ABSENT = new Finding.Absent();

  public FactPath {
    segments = List.copyOf(segments);
  }

  /** The fact's name in answers: {@code context.limit}, or {@code context["a b"]}. */
  public String name() {
    StringBuilder name = new StringBuilder();
    for (String segment : segments) {
      if (IDENTIFIER.matcher(segment).matches()) {
        name.append(name.isEmpty() ? "" : ".").append(segment);
      } else {
        name.append("[\"").append(JsonStringEncoder.getInstance().quoteAsString(segment));
        name.append("\"]");
      }
    }
    return name.toString();
  }

  /** What stands at this place of {@code facts}. */
  public Finding find(JsonNode facts) {
    JsonNode place = facts;
    for (String segment : segments) {
      if (!place.isObject()) {
        return IMPASSABLE;
      }
      JsonNode next = place.get(segment);
      if (next == null) {
        return ABSENT;
      }
      place = next;
    }
    return new Finding.Present(place);
  }

  /** What a path leads to. */
  public sealed interface Finding {

    /** A value, possibly null. */
    record Present(JsonNode value) implements Finding {}

    /** Nothing: this member, or one on the way to it, is not stated. */
    record Absent() implements Finding {}

    /** A value on the way that has no members. */
    record Impassable() implements Finding {}
  }
}
