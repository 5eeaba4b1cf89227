package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.RulesetProblem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Collects every problem of one ruleset document while its parts are read. */
final class DocumentCheck {

  private final List<RulesetProblem> problems = new ArrayList<>();

  boolean clean() {
    return problems.isEmpty();
  }

  List<RulesetProblem> problems() {
    return problems;
  }

  void report(Code code, String pointer, String observed) {
    problems.add(RulesetProblem.of(code, pointer, observed));
  }

  void reportAt(Code code, String pointer, OptionalInt column, String observed) {
    problems.add(new RulesetProblem(code, pointer, Optional.empty(), column, observed));
  }

  void report(RulesetProblem problem) {
    problems.add(problem);
  }

  /** Whether {@code node} is an object with all of {@code required} and nothing unknown. */
  boolean object(JsonNode node, String pointer, Set<String> required, Set<String> optional) {
    if (!node.isObject()) {
      report(Code.INVALID_MEMBER, pointer, "the value is no object");
      return false;
    }
    int before = problems.size();
    for (String name : new TreeSet<>(required)) {
      if (!node.has(name)) {
        report(Code.MISSING_MEMBER, pointer + "/" + name, "the member is absent");
      }
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = member.getKey();
      if (!required.contains(name) && !optional.contains(name)) {
        report(Code.UNKNOWN_MEMBER, below(pointer, name), "the member is not known");
      }
    }
    return problems.size() == before;
  }

  /** The text of a member; empty, with a problem, when it is none or does not match. */
  Optional<String> text(JsonNode parent, String pointer, String name, Pattern form) {
    JsonNode node = parent.get(name);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      report(Code.INVALID_MEMBER, pointer + "/" + name, "the value is no string");
      return Optional.empty();
    }
    if (!form.matcher(node.textValue()).matches()) {
      report(Code.INVALID_MEMBER, pointer + "/" + name, "the string has another form");
      return Optional.empty();
    }
    return Optional.of(node.textValue());
  }

  /** Reports a member that is no whole number from 0 to {@code greatest}. */
  void wholeNumber(JsonNode parent, String name, long greatest) {
    JsonNode node = parent.get(name);
    if (node == null) {
      return;
    }
    if (!node.isLong() || node.longValue() < 0 || node.longValue() > greatest) {
      report(Code.INVALID_MEMBER, "/" + name, "the value is no whole number from 0 to " + greatest);
    }
  }

  /** Whether {@code node} is an array of at most {@code most} elements. */
  boolean array(JsonNode node, String pointer, int most) {
    if (!node.isArray()) {
      report(Code.INVALID_MEMBER, pointer, "the value is no array");
      return false;
    }
    if (node.size() > most) {
      report(Code.LIMIT_EXCEEDED, pointer, node.size() + " elements, limit " + most);
      return false;
    }
    return true;
  }

  /** Reports every string, name included, that contains U+0000. */
  void withoutNul(JsonNode node, String pointer) {
    if (node.isTextual() && hasNul(node.textValue())) {
      report(Code.INVALID_MEMBER, pointer, "the string contains U+0000");
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      withoutNul(node.get(i), pointer + "/" + i);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (hasNul(member.getKey())) {
        report(Code.INVALID_MEMBER, pointer, "a member's name contains U+0000");
      } else {
        withoutNul(member.getValue(), below(pointer, member.getKey()));
      }
    }
  }

  /** A pointer to a member, as RFC 6901 escapes its name. */
  static String below(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }
}
