package dev.nofate.gate.console.ruleset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What differs between two versions.
 *
 * @param name the ruleset's name
 * @param from the version before
 * @param to the version after
 * @param reordered whether rules stand in another order
 * @param added rules that came
 * @param removed rules that went
 * @param changed rules that differ, member by member
 * @param members what differs beside the rules
 */
public record Difference(
    String name,
    int from,
    int to,
    boolean reordered,
    List<String> added,
    List<String> removed,
    List<Changed> changed,
    List<Member> members) {

  /** A rule that differs. */
  public record Changed(String id, List<Member> members) {}

  /** A member before and after; null where it is absent. */
  public record Member(String pointer, String before, String after) {}

  static Difference of(String name, JsonNode diff) {
    JsonNode rules = diff.path("rules");
    List<Changed> changed = new ArrayList<>();
    rules
        .path("changed")
        .forEach(
            rule ->
                changed.add(new Changed(rule.path("id").asText(), members(rule.path("members")))));
    return new Difference(
        name,
        diff.path("from").asInt(),
        diff.path("to").asInt(),
        rules.path("reordered").asBoolean(),
        texts(rules.path("added")),
        texts(rules.path("removed")),
        changed,
        members(diff.path("members")));
  }

  public boolean none() {
    return !reordered
        && added.isEmpty()
        && removed.isEmpty()
        && changed.isEmpty()
        && members.isEmpty();
  }

  private static List<Member> members(JsonNode array) {
    List<Member> members = new ArrayList<>();
    array.forEach(
        member ->
            members.add(
                new Member(
                    member.path("pointer").asText(),
                    text(member.path("before")),
                    text(member.path("after")))));
    return members;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(entry -> texts.add(entry.isTextual() ? entry.asText() : entry.toString()));
    return texts;
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? null : value.isTextual() ? value.asText() : value.toString();
  }
}
