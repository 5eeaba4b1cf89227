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
import java.util.Map;

/**
 * Makes {@code decisions-v1.json} from {@link VectorCases}: the rulesets as canonical text with
 * their digests, and for each case what goes into the engine and the members that come out.
 */
final class DecisionVectors {

  static final Path FILE = Path.of("src/test/resources/vectors/decisions-v1.json");
  static final String SALT = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  private DecisionVectors() {}

  /** Writes the vectors, from the module's folder. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(FILE, text(), StandardCharsets.UTF_8);
  }

  static String text() throws JsonProcessingException {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", "no-fate/decision-vectors/v1");
    Map<String, VersionedRuleset> rulesets = new LinkedHashMap<>();
    for (Map.Entry<String, String> document : TestRulesets.all().entrySet()) {
      CompiledRuleset compiled = TestRulesets.compile(document.getValue());
      rulesets.put(document.getKey(), new VersionedRuleset(3, compiled));
      root.withObject("/rulesets")
          .putObject(document.getKey())
          .put("version", 3)
          .put("digest", compiled.digest())
          .put("canonical", compiled.canonicalDocument().utf8());
    }
    for (VectorCase vector : VectorCases.all()) {
      root.withArray("/vectors").add(vector(vector, rulesets));
    }
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
  }

  private static ObjectNode vector(VectorCase vector, Map<String, VersionedRuleset> rulesets) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", vector.name());
    json.put("body", vector.body());
    json.put("ruleset", vector.ruleset().orElse(null));
    json.put("tenant", VectorCases.TENANT);
    json.put("received_at", vector.receivedAt());
    json.put("salt_hex", SALT);
    json.put("second_derivation", vector.secondDisagrees() ? "differs" : "agrees");
    json.set("expect", decide(vector, rulesets).toJson());
    return json;
  }

  static Decision decide(VectorCase vector, Map<String, VersionedRuleset> rulesets) {
    EngineLimits limits = EngineLimits.defaults();
    Engine engine =
        vector.secondDisagrees() ? DisagreeingEngine.create(limits) : new Engine(limits);
    return engine.decide(
        Intake.read(vector.body().getBytes(StandardCharsets.UTF_8), limits),
        vector.ruleset().map(rulesets::get),
        new Admission(VectorCases.TENANT, vector.receivedAt(), Octets.ofHex(SALT)));
  }
}
