package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.engine.RulesetProblem.Code;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.JsonLimits;
import dev.nofate.gate.engine.json.JsonReading;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each bound of the engine: the last that is taken, and the first that is not. */
class LimitsTest {

  private static final JsonLimits JSON = new JsonLimits(400, 5, 20, 6, 7, 4);
  private static final RulesetLimits RULESET = EngineLimits.defaults().ruleset();

  @Test
  void bodyBytes() {
    assertThat(reads("1" + " ".repeat(399))).isTrue();
    assertThat(reads("1" + " ".repeat(400))).isFalse();
  }

  @Test
  void depth() {
    assertThat(reads("[".repeat(5) + "]".repeat(5))).isTrue();
    assertThat(reads("[".repeat(6) + "]".repeat(6))).isFalse();
    assertThat(reads("{\"a\":".repeat(5) + "1" + "}".repeat(5))).isTrue();
    assertThat(reads("{\"a\":".repeat(6) + "1" + "}".repeat(6))).isFalse();
  }

  @Test
  void stringLength() {
    assertThat(reads("\"" + "x".repeat(20) + "\"")).isTrue();
    assertThat(reads("\"" + "x".repeat(21) + "\"")).isFalse();
    assertThat(reads("\"" + "\\u0041".repeat(20) + "\"")).isTrue();
    assertThat(reads("\"" + "\\u0041".repeat(21) + "\"")).isFalse();
  }

  @Test
  void nameLength() {
    assertThat(reads("{\"" + "n".repeat(6) + "\":1}")).isTrue();
    assertThat(reads("{\"" + "n".repeat(7) + "\":1}")).isFalse();
  }

  @Test
  void numberLength() {
    assertThat(reads("1234567")).isTrue();
    assertThat(reads("12345678")).isFalse();
  }

  @Test
  void membersAndElements() {
    assertThat(reads("[1,2,3,4]")).isTrue();
    assertThat(reads("[1,2,3,4,5]")).isFalse();
    assertThat(reads("{\"a\":1,\"b\":1,\"c\":1,\"d\":1}")).isTrue();
    assertThat(reads("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1}")).isFalse();
  }

  @Test
  void rules() {
    assertThat(limitExceeded(document(rules(RULESET.rules()), ""))).isFalse();
    assertThat(limitExceeded(document(rules(RULESET.rules() + 1), ""))).isTrue();
  }

  @Test
  void overrides() {
    int others = RULESET.overrides() / 5;
    String exactly = overriding(others, 5);
    String oneMore = "," + rule(others + 5, ", \"overrides\": [\"r0\"]");
    assertThat(limitExceeded(document(exactly, ""))).isFalse();
    assertThat(limitExceeded(document(exactly + oneMore, ""))).isTrue();
  }

  @Test
  void expressionLength() {
    String rest = "\", \"outcome\": \"COMPLIANCE\" }";
    String rule = "{ \"id\": \"a\", \"when\": \"true";
    int spaces = RULESET.expressionLength() - 4;
    assertThat(limitExceeded(document(rule + " ".repeat(spaces) + rest, ""))).isFalse();
    assertThat(limitExceeded(document(rule + " ".repeat(spaces + 1) + rest, ""))).isTrue();
  }

  @Test
  void scopeLength() {
    String document = document(rules(1), "");
    String fitting = document.replace("SCOPE", "s".repeat(RULESET.scopeLength()));
    assertThat(problems(fitting)).isEmpty();
    assertThat(problems(document.replace("SCOPE", "s".repeat(RULESET.scopeLength() + 1))))
        .isNotEmpty();
  }

  @Test
  void windows() {
    String document = document(rules(1), "");
    assertThat(problems(document.replace("5000", "" + RULESET.maxWindowMs()))).isEmpty();
    assertThat(problems(document.replace("5000", "" + (RULESET.maxWindowMs() + 1)))).isNotEmpty();
  }

  @Test
  void examples() {
    assertThat(limitExceeded(document(rules(1), examples(RULESET.examples())))).isFalse();
    assertThat(limitExceeded(document(rules(1), examples(RULESET.examples() + 1)))).isTrue();
  }

  @Test
  void renderings() {
    assertThat(limitExceeded(document(rules(1), renderings(RULESET.renderings())))).isFalse();
    assertThat(limitExceeded(document(rules(1), renderings(RULESET.renderings() + 1)))).isTrue();
  }

  @Test
  void keys() {
    String key = "{\"kty\":\"OKP\"}";
    assertThat(limitExceeded(document(rules(1), keys(key, RULESET.keys())))).isFalse();
    assertThat(limitExceeded(document(rules(1), keys(key, RULESET.keys() + 1)))).isTrue();
  }

  private static boolean reads(String text) {
    return CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8), JSON)
        instanceof JsonReading.Value;
  }

  private static boolean limitExceeded(String document) {
    return problems(document).stream().anyMatch(p -> p.code() == Code.LIMIT_EXCEEDED);
  }

  private static List<RulesetProblem> problems(String document) {
    return RulesetCompiler.compile(
                document.getBytes(StandardCharsets.UTF_8), EngineLimits.defaults())
            instanceof Compilation.Refused refused
        ? refused.problems()
        : List.of();
  }

  private static String document(String rules, String more) {
    return """
        { "name": "limits.test", "scope": "SCOPE",
          "facts": { "type": "object", "properties": { "proposal": { "type": "object" } } },
          "decision_window_ms": 5000, "max_clock_skew_ms": 300000, %s
          "rules": [ %s ] }
        """
        .formatted(more, rules);
  }

  private static String rules(int count) {
    return IntStream.range(0, count).mapToObj(i -> rule(i, "")).collect(Collectors.joining(","));
  }

  /** The last few rules override all others. */
  private static String overriding(int others, int overriding) {
    String all =
        IntStream.range(0, others).mapToObj(i -> "\"r" + i + "\"").collect(Collectors.joining(","));
    return rules(others)
        + IntStream.range(0, overriding)
            .mapToObj(i -> "," + rule(others + i, ", \"overrides\": [" + all + "]"))
            .collect(Collectors.joining());
  }

  private static String rule(int number, String more) {
    return "{ \"id\": \"r%d\", \"when\": \"true\", \"outcome\": \"COMPLIANCE\"%s }"
        .formatted(number, more);
  }

  private static String examples(int count) {
    return "\"examples\": ["
        + IntStream.range(0, count)
            .mapToObj(
                i ->
                    "{ \"name\": \"e%d\", \"proposal\": {}, \"expect\": { \"state\":".formatted(i)
                        + " \"DETERMINISTIC_COMPLIANCE\" } }")
            .collect(Collectors.joining(","))
        + "],";
  }

  private static String renderings(int count) {
    return "\"renderings\": {"
        + IntStream.range(0, count)
            .mapToObj(
                i ->
                    "\"r%d\": { \"media_type\": \"text/plain\", \"template\": \"x\" }".formatted(i))
            .collect(Collectors.joining(","))
        + "},";
  }

  private static String keys(String key, int count) {
    return "\"authority\": { \"required\": false, \"action\": \"a\", \"keys\": ["
        + String.join(",", Collections.nCopies(count, key))
        + "] },";
  }
}
