package dev.nofate.gate.console.ruleset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.ruleset.PublishedRuleset;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Reads a published document into what its page shows. */
@ApplicationScoped
class RulesetReader {

  private final ObjectMapper json;

  RulesetReader(ObjectMapper json) {
    this.json = json;
  }

  RulesetView read(PublishedRuleset published, List<PublishedRuleset> versions, int served) {
    JsonNode document = tree(published.document());
    List<RulesetView.Rule> rules = new ArrayList<>();
    document
        .path("rules")
        .forEach(
            rule ->
                rules.add(
                    new RulesetView.Rule(
                        rule.path("id").asText(),
                        rule.path("when").asText(),
                        rule.path("outcome").asText(),
                        rule.path("cite").asText(null),
                        texts(rule.path("overrides")))));
    List<RulesetView.Example> examples = new ArrayList<>();
    document
        .path("examples")
        .forEach(
            example ->
                examples.add(
                    new RulesetView.Example(
                        example.path("name").asText(),
                        example.path("expect").path("state").asText())));
    List<String> renderings = new ArrayList<>();
    document.path("renderings").fieldNames().forEachRemaining(renderings::add);
    return new RulesetView(
        published,
        document.path("scope").asText(),
        document.path("decision_window_ms").asLong(),
        document.path("max_clock_skew_ms").asLong(),
        document.path("authority").path("required").asBoolean(),
        rules,
        renderings,
        examples,
        versions,
        served,
        indented(published.document()));
  }

  /** A document as people read it. */
  String indented(String document) {
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values is always writable", e);
    }
  }

  private JsonNode tree(String document) {
    try {
      return json.readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a published document is JSON", e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(entry -> texts.add(entry.asText()));
    return texts;
  }
}
