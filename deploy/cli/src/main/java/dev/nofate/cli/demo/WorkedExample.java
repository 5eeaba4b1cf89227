package dev.nofate.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.util.List;
import java.util.Map;

/**
 * A request with its answer, for reading.
 *
 * @param name what it is about
 * @param request the body as sent
 * @param answer the answer
 */
record WorkedExample(String name, String request, JsonNode answer) {

  private static final List<String> SHOWN =
      List.of("state", "reason", "ruleset", "temporal", "derivation", "decision_digest", "audit");
  private static final int SHOWN_CHARACTERS = 110;

  void print(Journal journal) {
    journal.say(name);
    journal.say("");
    journal.say("request");
    members(journal, parse(), fieldNames(parse()));
    journal.say("");
    journal.say("answer (of %d members)".formatted(answer.size()));
    members(journal, answer, SHOWN);
  }

  /** A member a line; what is long is cut, each rule has a line of its own. */
  private static void members(Journal journal, JsonNode object, List<String> names) {
    for (String member : names) {
      JsonNode value = object.path(member);
      if (member.equals("derivation")) {
        journal.say("  derivation");
        value.forEach(rule -> journal.say("    " + told(rule)));
      } else if (!value.isMissingNode()) {
        journal.say("  %-16s %s".formatted(member, shorten(value.toString())));
      }
    }
  }

  private static String told(JsonNode rule) {
    String fired =
        rule.path("fired").isNull() ? "undecided" : rule.path("fired").asBoolean() ? "fired" : "-";
    return "%-22s %-10s %s"
        .formatted(rule.path("rule").asText(), rule.path("outcome").asText(), fired);
  }

  private ObjectNode parse() {
    try {
      return (ObjectNode) Json.MAPPER.readTree(request);
    } catch (JsonProcessingException e) {
      throw new CommandFailure("a shipped request is not JSON", e);
    }
  }

  private static List<String> fieldNames(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static String shorten(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
