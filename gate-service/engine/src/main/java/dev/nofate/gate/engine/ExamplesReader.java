package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.RulesetProblem.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the member {@code examples} of a ruleset document. */
final class ExamplesReader {

  private static final Pattern NAME = Pattern.compile("(?s).*\\S.*");
  private static final Pattern STATE = oneOf(State.values());
  private static final Pattern REASON = oneOf(ReasonCode.values());
  private static final Pattern MODE =
      Pattern.compile(
          Arrays.stream(CardinalityMode.values())
              .map(CardinalityMode::wireName)
              .collect(Collectors.joining("|")));
  private static final Set<String> FORWARD = Set.of("name", "proposal", "expect");
  private static final Set<String> BACKWARD =
      Set.of("name", "core_ir", "render_targets", "cardinality_mode", "expect");
  private static final Set<String> EXPECTATION = Set.of("reason", "missing");
  private static final Set<String> BACKWARD_EXPECTATION = Set.of("reason", "missing", "renderings");

  /** Names that one expectation may list as missing. */
  private static final int MISSING_LIMIT = 100;

  private final DocumentCheck check;
  private final RulesetLimits limits;
  private final List<Example> examples = new ArrayList<>();

  ExamplesReader(DocumentCheck check, RulesetLimits limits) {
    this.check = check;
    this.limits = limits;
  }

  /** Whether an example states an outcome to render instead of a proposal. */
  static boolean isBackward(JsonNode example) {
    return example.has("core_ir")
        || example.has("render_targets")
        || example.has("cardinality_mode");
  }

  /** The examples whose shape was found good. */
  List<Example> examples() {
    return List.copyOf(examples);
  }

  /** Checks the shape of the examples. */
  void read(JsonNode node) {
    if (!check.array(node, "/examples", limits.examples())) {
      return;
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < node.size(); i++) {
      int before = check.problems().size();
      example(node.get(i), "/examples/" + i, names);
      if (check.problems().size() == before) {
        examples.add(new Example(i, node.get(i)));
      }
    }
  }

  private void example(JsonNode example, String pointer, Set<String> names) {
    boolean backward = isBackward(example);
    if (!check.object(example, pointer, backward ? BACKWARD : FORWARD, Set.of("context"))
        && !example.isObject()) {
      return;
    }
    check
        .text(example, pointer, "name", NAME)
        .filter(name -> !names.add(name))
        .ifPresent(
            name ->
                check.report(
                    Code.DUPLICATE_ID, pointer + "/name", "another example has this name"));
    if (backward) {
      check.text(example, pointer, "cardinality_mode", MODE);
      targets(example.get("render_targets"), pointer + "/render_targets");
    }
    if (example.has("expect")) {
      expectation(example.get("expect"), pointer + "/expect", backward);
    }
  }

  private void targets(JsonNode targets, String pointer) {
    if (targets == null || !check.array(targets, pointer, limits.renderings())) {
      return;
    }
    if (targets.isEmpty()) {
      check.report(Code.INVALID_MEMBER, pointer, "there is no target");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < targets.size(); i++) {
      if (!targets.get(i).isTextual()) {
        check.report(Code.INVALID_MEMBER, pointer + "/" + i, "the value is no string");
      } else if (!names.add(targets.get(i).textValue())) {
        check.report(Code.DUPLICATE_ID, pointer + "/" + i, "the target is repeated");
      }
    }
  }

  private void expectation(JsonNode expect, String pointer, boolean backward) {
    Set<String> optional = backward ? BACKWARD_EXPECTATION : EXPECTATION;
    if (!check.object(expect, pointer, Set.of("state"), optional) && !expect.isObject()) {
      return;
    }
    check.text(expect, pointer, "state", STATE);
    check.text(expect, pointer, "reason", REASON);
    JsonNode missing = expect.get("missing");
    if (missing != null && check.array(missing, pointer + "/missing", MISSING_LIMIT)) {
      for (int i = 0; i < missing.size(); i++) {
        if (!missing.get(i).isTextual()) {
          check.report(Code.INVALID_MEMBER, pointer + "/missing/" + i, "the value is no string");
        }
      }
    }
    if (backward && expect.has("renderings")) {
      renderings(expect.get("renderings"), pointer + "/renderings");
    }
  }

  private void renderings(JsonNode renderings, String pointer) {
    if (!renderings.isObject()) {
      check.report(Code.INVALID_MEMBER, pointer, "the value is no object");
    }
    for (var rendering : renderings.properties()) {
      if (!rendering.getValue().isTextual()) {
        check.report(
            Code.INVALID_MEMBER,
            DocumentCheck.below(pointer, rendering.getKey()),
            "the value is no string");
      }
    }
  }

  private static Pattern oneOf(Enum<?>[] values) {
    return Pattern.compile(Arrays.stream(values).map(Enum::name).collect(Collectors.joining("|")));
  }

  /**
   * An example.
   *
   * @param index its place among the examples
   * @param json as the document states it
   */
  record Example(int index, JsonNode json) {

    Optional<JsonNode> context() {
      return Optional.ofNullable(json.get("context"));
    }

    JsonNode expect() {
      return json.get("expect");
    }
  }
}
