package dev.nofate.gate.engine.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.Admission;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.DisagreeingEngine;
import dev.nofate.gate.engine.Engine;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.Intake;
import dev.nofate.gate.engine.TestRulesets;
import dev.nofate.gate.engine.VersionedRuleset;
import dev.nofate.gate.engine.json.Octets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the vectors of one direction: the rulesets as canonical text with their digests, and for
 * each case what goes into the engine and the members that come out. {@link VectorCases} stand
 * behind {@code decisions-v1.json}, {@link BackwardVectorCases} behind {@code
 * decisions-backward-v1.json}.
 */
enum DecisionVectors {
  FORWARD(Direction.FORWARD, "decisions-v1.json", TestRulesets.all(), VectorCases.all()),
  BACKWARD(
      Direction.BACKWARD,
      "decisions-backward-v1.json",
      TestRulesets.backward(),
      BackwardVectorCases.all());

  static final String SALT = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  private final Direction direction;
  private final Path file;
  private final Map<String, VersionedRuleset> rulesets = new LinkedHashMap<>();
  private final List<VectorCase> cases;

  DecisionVectors(
      Direction direction, String file, Map<String, String> documents, List<VectorCase> cases) {
    this.direction = direction;
    this.file = Path.of("src/test/resources/vectors", file);
    this.cases = cases;
    documents.forEach(
        (name, text) -> rulesets.put(name, new VersionedRuleset(3, TestRulesets.compile(text))));
  }

  /** Writes the vectors, from the module's folder. */
  public static void main(String[] arguments) throws IOException {
    for (DecisionVectors vectors : values()) {
      Files.writeString(vectors.file, vectors.text(), StandardCharsets.UTF_8);
    }
  }

  Path file() {
    return file;
  }

  List<VectorCase> cases() {
    return cases;
  }

  String text() throws JsonProcessingException {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", "no-fate/decision-vectors/v1");
    if (direction == Direction.BACKWARD) {
      root.put("direction", direction.wireName());
    }
    for (Map.Entry<String, VersionedRuleset> published : rulesets.entrySet()) {
      CompiledRuleset compiled = published.getValue().ruleset();
      root.withObject("/rulesets")
          .putObject(published.getKey())
          .put("version", 3)
          .put("digest", compiled.digest())
          .put("canonical", compiled.canonicalDocument().utf8());
    }
    for (VectorCase vector : cases) {
      root.withArray("/vectors").add(vector(vector));
    }
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
  }

  private ObjectNode vector(VectorCase vector) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", vector.name());
    json.put("body", vector.body());
    json.put("ruleset", vector.ruleset().orElse(null));
    json.put("tenant", VectorCases.TENANT);
    json.put("received_at", vector.receivedAt());
    json.put("salt_hex", SALT);
    json.put("second_derivation", vector.second().name().toLowerCase(Locale.ROOT));
    json.set("expect", decide(vector).toJson());
    return json;
  }

  Decision decide(VectorCase vector) {
    EngineLimits limits = EngineLimits.defaults();
    Engine engine =
        switch (vector.second()) {
          case AGREES -> new Engine(limits);
          case DIFFERS -> DisagreeingEngine.create(limits);
          case RENDERS_OTHERWISE -> DisagreeingEngine.inRenderings(limits);
        };
    return engine.decide(
        Intake.read(vector.body().getBytes(StandardCharsets.UTF_8), direction, limits),
        vector.ruleset().map(rulesets::get),
        new Admission(VectorCases.TENANT, vector.receivedAt(), Octets.ofHex(SALT)));
  }
}
