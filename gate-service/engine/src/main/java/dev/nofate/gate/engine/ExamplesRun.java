package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.ExamplesReader.Example;
import dev.nofate.gate.engine.RulesetProblem.Code;
import dev.nofate.gate.engine.authority.AuthorityPolicy;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs the examples of a ruleset. An example states facts and what the rules and renderings make of
 * them: it runs as if it were observed, evaluated and received in one instant and authorised, in
 * both orders of the rules.
 */
final class ExamplesRun {

  private static final String INSTANT = "2000-01-01T00:00:00.000000Z";
  private static final Admission ADMISSION =
      new Admission("00000000-0000-0000-0000-000000000000", INSTANT, Octets.of(new byte[32]));

  private final CompiledRuleset ruleset;
  private final EngineLimits limits;

  ExamplesRun(CompiledRuleset ruleset, EngineLimits limits) {
    this.ruleset = ruleset;
    this.limits = limits;
  }

  /** Reports every example that comes out otherwise, with what was expected and what came out. */
  void run(List<Example> examples, DocumentCheck check) {
    for (Example example : examples) {
      String expected = expected(example.expect());
      List.of(
              decide(example, ruleset.rules(), ruleset.renderings()),
              decide(example, ruleset.secondRules(), ruleset.secondRenderings()))
          .stream()
          .map(decision -> actual(decision, example.expect()))
          .filter(actual -> !actual.equals(expected))
          .findFirst()
          .ifPresent(
              actual ->
                  check.report(
                      Code.EXAMPLE_DIFFERS,
                      "/examples/" + example.index() + "/expect",
                      "expected " + expected + ", actual " + actual));
    }
  }

  private Decision decide(Example example, Rules rules, Renderings renderings) {
    return Derivation.of(
            new VersionedRuleset(1, ruleset),
            rules,
            renderings,
            AuthorityPolicy.NONE,
            ADMISSION,
            limits)
        .run(ExamplesReader.isBackward(example.json()) ? backward(example) : forward(example));
  }

  private Reading.Forward forward(Example example) {
    return new Reading.Forward(
        new RulesetReference.Newest(ruleset.name()),
        example.json().get("proposal"),
        example.context(),
        List.of(),
        Optional.empty(),
        INSTANT,
        OptionalLong.empty(),
        CanonicalJson.write(example.json()));
  }

  private Reading.Backward backward(Example example) {
    List<String> targets = new ArrayList<>();
    example.json().get("render_targets").forEach(target -> targets.add(target.textValue()));
    return new Reading.Backward(
        new RulesetReference.Newest(ruleset.name()),
        example.json().get("core_ir"),
        targets,
        CardinalityMode.parse(example.json().get("cardinality_mode").textValue()).orElseThrow(),
        example.context(),
        List.of(),
        Optional.empty(),
        INSTANT,
        OptionalLong.empty(),
        CanonicalJson.write(example.json()));
  }

  private static String expected(JsonNode expect) {
    List<String> parts = new ArrayList<>();
    parts.add(expect.get("state").textValue());
    if (expect.has("reason")) {
      parts.add(expect.get("reason").textValue());
    }
    if (expect.has("missing")) {
      Set<String> names = new TreeSet<>();
      expect.get("missing").forEach(name -> names.add(name.textValue()));
      parts.add(names.toString());
    }
    if (expect.has("renderings")) {
      parts.add(CanonicalJson.write(expect.get("renderings")).utf8());
    }
    return String.join(" ", parts);
  }

  /** The decision, told in as much detail as the expectation. */
  private static String actual(Decision decision, JsonNode expect) {
    List<String> parts = new ArrayList<>();
    parts.add(decision.state().name());
    boolean differs = !decision.state().name().equals(expect.get("state").textValue());
    if (expect.has("reason") || differs) {
      decision.reason().ifPresent(reason -> parts.add(reason.code().name()));
    }
    if (expect.has("missing")) {
      parts.add(new TreeSet<>(decision.reason().map(Reason::missing).orElse(List.of())).toString());
    }
    if (expect.has("renderings")) {
      ObjectNode contents = JsonNodeFactory.instance.objectNode();
      decision.renderings().forEach(it -> contents.put(it.target(), it.content()));
      parts.add(CanonicalJson.write(contents).utf8());
    }
    return String.join(" ", parts);
  }
}
