package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Publishes the three rulesets. */
final class RulesetChapter {

  private static final List<String> NAMES =
      List.of("agent.refund", "treasury.wire", "privacy.export");
  private static final int CREATED = 201;

  private final Scene scene;
  private final GrantDesk grants;

  RulesetChapter(Scene scene, GrantDesk grants) {
    this.scene = scene;
    this.grants = grants;
  }

  void play() {
    scene.journal().chapter("Three rulesets are published");
    for (String name : NAMES) {
      ObjectNode document = document(name);
      if (document.path("authority").path("keys") instanceof ArrayNode keys) {
        keys.add(grants.officerKey());
      }
      JsonNode published =
          scene
              .api()
              .post("/v1/rulesets", document.toString(), Map.of())
              .expect(CREATED, "publishing " + name);
      scene
          .journal()
          .say(
              "%-16s version %d  %s"
                  .formatted(
                      published.path("name").asText(),
                      published.path("version").asLong(),
                      published.path("digest").asText()));
      scene.journal().say("%-16s %s".formatted("", document.path("scope").asText()));
    }
  }

  static ObjectNode document(String name) {
    try (InputStream in = RulesetChapter.class.getResourceAsStream("/demo/" + name + ".json")) {
      return (ObjectNode) Json.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new CommandFailure("the shipped ruleset " + name + " is not readable", e);
    }
  }
}
