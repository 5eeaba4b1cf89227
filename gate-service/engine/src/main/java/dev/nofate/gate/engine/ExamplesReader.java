package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.RulesetProblem.Code;
import dev.nofate.gate.engine.authority.AuthorityPolicy;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads and runs the member {@code examples} of a ruleset document. An example states facts and
 * what the rules say about them: it runs as if it were observed, evaluated and received in one
 * instant and authorised, in both orders of the rules.
 */
final class ExamplesReader {

  private static final Pattern NAME = Pattern.compile("(?s).*\\S.*");
  private static final Pattern STATE = oneOf(State.values());
  private static final Pattern REASON = oneOf(ReasonCode.values());
  private static final Set<String> MEMBERS = Set.of("name", "proposal", "expect");
  private static final String INSTANT = "2000-01-01T00:00:00.000000Z";
  private static final Admission ADMISSION =
      new Admission("00000000-0000-0000-0000-000000000000", INSTANT, Octets.of(new byte[32]));

  private final DocumentCheck check;
  private final EngineLimits limits;

  ExamplesReader(DocumentCheck check, EngineLimits limits) {
    this.check = check;
    this.limits = limits;
  }

  /** Checks the shape of the examples. */
  void read(JsonNode node) {
    if (!check.array(node, "/examples", limits.ruleset().examples())) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < node.size(); i++) {
      String pointer = "/examples/" + i;
      JsonNode example = node.get(i);
      if (check.object(example, pointer, MEMBERS, Set.of("context"))) {
        check
            .text(example, pointer, "name", NAME)
            .filter(name -> !names.add(name))
            .ifPresent(
                name ->
                    check.report(
                        Code.DUPLICATE_ID, pointer + "/name", "another example has this name"));
        expectation(example.get("expect"), pointer + "/expect");
      }
    }
  }

  private void expectation(JsonNode expect, String pointer) {
    if (!check.object(expect, pointer, Set.of("state"), Set.of("reason", "missing"))) {
      return;
    }
    check.text(expect, pointer, "state", STATE);
    check.text(expect, pointer, "reason", REASON);
    JsonNode missing = expect.get("missing");
    if (missing != null && check.array(missing, pointer + "/missing", 100)) {
      for (int i = 0; i < missing.size(); i++) {
        if (!missing.get(i).isTextual()) {
          check.report(Code.INVALID_MEMBER, pointer + "/missing/" + i, "the value is no string");
        }
      }
    }
  }

  /** Runs examples whose shape was found good. */
  void run(JsonNode node, CompiledRuleset ruleset) {
    for (int i = 0; i < node.size(); i++) {
      JsonNode example = node.get(i);
      String expected = expected(example.get("expect"));
      for (Rules rules : List.of(ruleset.rules(), ruleset.secondRules())) {
        String actual = actual(decide(example, ruleset, rules), example.get("expect"));
        if (!actual.equals(expected)) {
          check.report(
              Code.EXAMPLE_DIFFERS,
              "/examples/" + i + "/expect",
              "expected " + expected + ", actual " + actual);
          break;
        }
      }
    }
  }

  private Decision decide(JsonNode example, CompiledRuleset ruleset, Rules rules) {
    Reading.Readable request =
        new Reading.Forward(
            new RulesetReference.Newest(ruleset.name()),
            example.get("proposal"),
            Optional.ofNullable(example.get("context")),
            List.of(),
            Optional.empty(),
            INSTANT,
            OptionalLong.empty(),
            CanonicalJson.write(example));
    return Derivation.of(
            new VersionedRuleset(1, ruleset),
            rules,
            ruleset.renderings(),
            AuthorityPolicy.NONE,
            ADMISSION,
            limits)
        .run(request);
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
    return String.join(" ", parts);
  }

  private static Pattern oneOf(Enum<?>[] values) {
    return Pattern.compile(Arrays.stream(values).map(Enum::name).collect(Collectors.joining("|")));
  }
}
