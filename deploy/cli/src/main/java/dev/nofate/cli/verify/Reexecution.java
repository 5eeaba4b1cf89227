package dev.nofate.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.audit.chain.Entry;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.gate.engine.Admission;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.Engine;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.Intake;
import dev.nofate.gate.engine.Reading;
import dev.nofate.gate.engine.VersionedRuleset;
import dev.nofate.gate.engine.json.Octets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Decides again what the chain says was decided, from the request, its salt and the ruleset, and
 * compares commitment, state, code and decision digest.
 */
final class Reexecution implements ChainListener {

  private static final int SHOWN_DIFFERENCES = 100;
  private static final EngineLimits LIMITS = EngineLimits.defaults();

  private final Engine engine = new Engine(LIMITS);
  private final Map<String, CompiledRuleset> rulesets;
  private final ContentIndex content;
  private final List<Finding> differences = new ArrayList<>();
  private final Map<String, Long> undecided = new TreeMap<>();
  private String tenant;
  private UUID subject;
  private JsonNode received;
  private long decided;
  private long differing;

  /**
   * @param rulesets by digest
   */
  Reexecution(Map<String, CompiledRuleset> rulesets, ContentIndex content) {
    this.rulesets = rulesets;
    this.content = content;
  }

  @Override
  public void event(Entry entry) {
    switch (entry.envelope().type()) {
      case "request_received" -> {
        subject = entry.envelope().subject();
        received = payload(entry);
      }
      case "response_emitted" -> {
        if (received != null && entry.envelope().subject().equals(subject)) {
          decideAgain(payload(entry));
        } else {
          not("its request_received does not precede it");
        }
        received = null;
      }
      default -> {}
    }
  }

  @Override
  public List<Finding> findings() {
    List<Finding> found = new ArrayList<>(differences);
    if (differing > differences.size()) {
      found.add(Finding.differs("decisions", "%d more differ", differing - differences.size()));
    }
    if (decided > differing) {
      found.add(
          Finding.holds(
              "decisions", "%d were decided again to the recorded digest", decided - differing));
    }
    undecided.forEach(
        (why, count) ->
            found.add(Finding.notChecked("decisions", "%d not decided again: %s", count, why)));
    if (!content.isComplete()) {
      found.add(
          Finding.notChecked(
              "decisions", "only the first %d contents are read", ContentIndex.MOST));
    }
    return found;
  }

  private void decideAgain(JsonNode emitted) {
    Optional<ContentIndex.Content> found = content.find(subject);
    if (found.isEmpty()) {
      not("their content is not in the file");
      return;
    }
    JsonNode named = received.path("ruleset");
    CompiledRuleset ruleset = rulesets.get(named.path("digest").asText());
    if (named.isObject() && ruleset == null) {
      not("ruleset %s is not among those given".formatted(named.path("digest").asText()));
      return;
    }
    Optional<Direction> direction =
        Arrays.stream(Direction.values())
            .filter(each -> each.wireName().equals(received.path("direction").asText()))
            .findFirst();
    if (direction.isEmpty()) {
      not("their direction is not known");
      return;
    }
    decided++;
    compare(decision(found.get(), direction.get(), named, ruleset), emitted);
  }

  private Decision decision(
      ContentIndex.Content found, Direction direction, JsonNode named, CompiledRuleset ruleset) {
    Reading reading = Intake.read(found.request(), direction, LIMITS);
    Optional<VersionedRuleset> version =
        Optional.ofNullable(ruleset)
            .map(compiled -> new VersionedRuleset(named.path("version").asInt(), compiled));
    Admission admission =
        new Admission(tenant, received.path("received_at").asText(), Octets.of(found.salt()));
    return engine.decide(reading, version, admission);
  }

  private void compare(Decision again, JsonNode emitted) {
    List<String> other = new ArrayList<>();
    if (!again.commitment().equals(received.path("request_commitment").asText())) {
      other.add("the content is not what was committed to");
    }
    if (!again.state().name().equals(emitted.path("state").asText())) {
      other.add(
          "state %s was recorded, %s follows"
              .formatted(emitted.path("state").asText(), again.state()));
    }
    String code = again.reason().map(reason -> reason.code().name()).orElse("");
    if (!code.equals(emitted.path("code").asText(""))) {
      other.add(
          "code %s was recorded, %s follows".formatted(emitted.path("code").asText(""), code));
    }
    if (!again.decisionDigest().equals(emitted.path("decision_digest").asText())) {
      other.add("the decision digest differs");
    }
    if (!other.isEmpty()) {
      differing++;
      if (differences.size() < SHOWN_DIFFERENCES) {
        differences.add(Finding.differs("decision " + subject, "%s", String.join("; ", other)));
      }
    }
  }

  private void not(String why) {
    undecided.merge(why, 1L, Long::sum);
  }

  private JsonNode payload(Entry entry) {
    tenant = entry.envelope().tenant().toString();
    try {
      return Json.MAPPER.readTree(entry.envelope().payload().canonical());
    } catch (IOException e) {
      throw new CommandFailure("a payload in canonical form is JSON", e);
    }
  }
}
