package dev.nofate.gate.engine.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares two JSON values member by member. Arrays whose elements all carry their own {@code
 * name}, {@code kid} or {@code id} are compared by it, others by place.
 */
public final class JsonDiff {

  private static final List<String> IDENTITIES = List.of("id", "name", "kid");

  private final List<Change> changes = new ArrayList<>();

  private JsonDiff() {}

  /** Every difference below {@code pointer}, in the order of pointers' member names. */
  public static List<Change> between(String pointer, JsonNode before, JsonNode after) {
    JsonDiff diff = new JsonDiff();
    diff.compare(pointer, pointer, Optional.ofNullable(before), Optional.ofNullable(after));
    return List.copyOf(diff.changes);
  }

  private void compare(
      String from, String to, Optional<JsonNode> before, Optional<JsonNode> after) {
    if (before.equals(after)) {
      return;
    }
    if (before.isEmpty() || after.isEmpty()) {
      changes.add(new Change(after.isPresent() ? to : from, before, after));
      return;
    }
    JsonNode left = before.orElseThrow();
    JsonNode right = after.orElseThrow();
    if (left.isObject() && right.isObject()) {
      members(from, to, left, right);
    } else if (!left.isArray() || !right.isArray() || !elements(from, to, left, right)) {
      changes.add(new Change(to, before, after));
    }
  }

  private void members(String from, String to, JsonNode left, JsonNode right) {
    TreeSet<String> names = new TreeSet<>();
    left.fieldNames().forEachRemaining(names::add);
    right.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      compare(
          below(from, name),
          below(to, name),
          Optional.ofNullable(left.get(name)),
          Optional.ofNullable(right.get(name)));
    }
  }

  /** Whether something was found to compare the elements by. */
  private boolean elements(String from, String to, JsonNode left, JsonNode right) {
    for (String identity : IDENTITIES) {
      Optional<Map<String, Integer>> lefts = places(left, identity);
      Optional<Map<String, Integer>> rights = places(right, identity);
      if (lefts.isPresent() && rights.isPresent()) {
        identified(from, to, left, right, lefts.orElseThrow(), rights.orElseThrow());
        return true;
      }
    }
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      compare(from + "/" + i, to + "/" + i, Optional.of(left.get(i)), Optional.of(right.get(i)));
    }
    return true;
  }

  private void identified(
      String from,
      String to,
      JsonNode left,
      JsonNode right,
      Map<String, Integer> lefts,
      Map<String, Integer> rights) {
    TreeSet<String> keys = new TreeSet<>(lefts.keySet());
    keys.addAll(rights.keySet());
    int before = changes.size();
    for (String key : keys) {
      Optional<Integer> l = Optional.ofNullable(lefts.get(key));
      Optional<Integer> r = Optional.ofNullable(rights.get(key));
      compare(
          l.map(i -> from + "/" + i).orElse(from),
          r.map(i -> to + "/" + i).orElse(to),
          l.map(left::get),
          r.map(right::get));
    }
    if (changes.size() == before) {
      changes.add(new Change(to, Optional.of(left), Optional.of(right)));
    }
  }

  /** The places of elements by their identity; empty when one has none or shares it. */
  private static Optional<Map<String, Integer>> places(JsonNode array, String identity) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < array.size(); i++) {
      JsonNode element = array.get(i);
      if (!(element instanceof ObjectNode)
          || !element.path(identity).isTextual()
          || places.putIfAbsent(element.get(identity).textValue(), i) != null) {
        return Optional.empty();
      }
    }
    return places.isEmpty() ? Optional.empty() : Optional.of(places);
  }

  private static String below(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
