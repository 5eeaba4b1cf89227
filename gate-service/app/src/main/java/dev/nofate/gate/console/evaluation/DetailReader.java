package dev.nofate.gate.console.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.nofate.gate.console.evaluation.EvaluationDetail.Fact;
import dev.nofate.gate.console.evaluation.EvaluationDetail.RenderingStep;
import dev.nofate.gate.console.evaluation.EvaluationDetail.RuleStep;
import dev.nofate.gate.console.evaluation.EvaluationDetail.Step;
import dev.nofate.gate.console.evaluation.EvaluationDetail.Units;
import dev.nofate.gate.engine.Gate;
import dev.nofate.gate.evaluate.EvaluationRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads the stored answer, request and ruleset of an evaluation into what its page shows. */
@ApplicationScoped
class DetailReader {

  private static final int LONGEST_TEXT = 20_000;

  private final ObjectMapper json;

  DetailReader(ObjectMapper json) {
    this.json = json;
  }

  /**
   * What the page shows.
   *
   * @param document the deciding version's document, if one decided
   */
  EvaluationDetail read(EvaluationRecord record, Optional<String> document) {
    JsonNode answer = tree(record.content().map(EvaluationRecord.Content::answer));
    JsonNode request = tree(record.content().map(EvaluationRecord.Content::request));
    JsonNode rules = tree(document.map(text -> text.getBytes(StandardCharsets.UTF_8)));
    JsonNode reason = answer.path("reason");
    JsonNode metering = answer.path("metering");
    JsonNode staleness = answer.path("temporal").path("staleness_ms");
    return new EvaluationDetail(
        record.summary(),
        record,
        record.content().isPresent(),
        steps(record),
        texts(reason.path("missing")),
        reason.path("at").asText(null),
        rules(answer.path("derivation"), rules.path("rules")),
        renderings(answer.path("derivation")),
        facts(answer.path("derivation"), request),
        answer.path("temporal").path("status").asText(null),
        staleness.isNumber() ? staleness.asLong() : null,
        answer.path("audit").path("head_hash").asText(null),
        metering.isObject() ? units(metering) : null,
        record.content().map(content -> shortened(utf8(content.request()))).orElse(null),
        record.content().isPresent() ? shortened(indented(answer)) : null);
  }

  /** Up to the gate that is stored with the row: it tells as much after erasure as before. */
  private static List<Step> steps(EvaluationRecord record) {
    String ended = record.summary().gate();
    List<Step> steps = new ArrayList<>();
    boolean reached = true;
    for (Gate gate : Gate.values()) {
      boolean here = gate.wireName().equals(ended);
      String outcome =
          !reached
              ? EvaluationDetail.NOT_REACHED
              : here ? EvaluationDetail.ENDED : EvaluationDetail.PASSED;
      steps.add(
          new Step(
              gate.ordinal() + 1, gate.wireName(), outcome, here ? record.summary().code() : null));
      reached = reached && !here;
    }
    return steps;
  }

  private static List<RuleStep> rules(JsonNode derivation, JsonNode rules) {
    List<RuleStep> steps = new ArrayList<>();
    for (JsonNode trace : derivation) {
      if (trace.has("rule")) {
        JsonNode rule = rule(rules, trace.path("rule").asText());
        JsonNode fired = trace.path("fired");
        steps.add(
            new RuleStep(
                trace.path("rule").asText(),
                fired.isBoolean() ? (fired.asBoolean() ? "fired" : "did not fire") : "undecided",
                trace.path("outcome").asText(),
                rule.path("when").asText(null),
                rule.path("cite").asText(null),
                texts(trace.path("facts")),
                texts(trace.path("silenced_by"))));
      }
    }
    return steps;
  }

  private static JsonNode rule(JsonNode rules, String id) {
    for (JsonNode rule : rules) {
      if (rule.path("id").asText().equals(id)) {
        return rule;
      }
    }
    return MissingNode.getInstance();
  }

  private static List<RenderingStep> renderings(JsonNode derivation) {
    List<RenderingStep> steps = new ArrayList<>();
    for (JsonNode trace : derivation) {
      if (trace.has("rendering")) {
        steps.add(
            new RenderingStep(
                trace.path("rendering").asText(),
                trace.path("complete").asBoolean(),
                texts(trace.path("missing"))));
      }
    }
    return steps;
  }

  private List<Fact> facts(JsonNode derivation, JsonNode request) {
    TreeSet<String> names = new TreeSet<>();
    derivation.forEach(trace -> names.addAll(texts(trace.path("facts"))));
    return names.stream().map(name -> new Fact(name, value(request, name))).toList();
  }

  private String value(JsonNode request, String name) {
    JsonNode node = request;
    for (String step : name.split("\\.", -1)) {
      node = node.path(step.equals("ir") && node == request ? "core_ir" : step);
    }
    return node.isMissingNode() ? "absent" : shortened(node.toString());
  }

  private static Units units(JsonNode metering) {
    return new Units(
        metering.path("bytes_in").asLong(),
        metering.path("bytes_out").asLong(),
        metering.path("gates_executed").asLong(),
        metering.path("audit_writes").asLong());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private JsonNode tree(Optional<byte[]> bytes) {
    if (bytes.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return json.readTree(bytes.get());
    } catch (IOException e) {
      // A request that is not JSON is shown as it came.
      return MissingNode.getInstance();
    }
  }

  private String indented(JsonNode answer) {
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values is always writable", e);
    }
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT
        ? text
        : text.substring(0, LONGEST_TEXT) + "… (" + text.length() + " characters)";
  }
}
