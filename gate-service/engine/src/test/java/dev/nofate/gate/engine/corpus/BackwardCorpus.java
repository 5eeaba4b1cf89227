package dev.nofate.gate.engine.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes {@code malformed-backward-v1.jsonl}: malformed and edge-case bodies of backward
 * evaluations, each with the state and code it ends in. What is expected is said here by category,
 * never taken from the engine. {@code INVALID_TIMESTAMP} marks a text that intake lets through.
 */
final class BackwardCorpus {

  static final Path FILE = Path.of("src/test/resources/corpus/malformed-backward-v1.jsonl");

  private static final String MALFORMED = "MALFORMED_PAYLOAD";
  private static final String THROUGH = "INVALID_TIMESTAMP";
  private static final String TOO_LARGE = "PAYLOAD_TOO_LARGE";

  private final List<CorpusEntry> entries = new ArrayList<>();

  private BackwardCorpus() {}

  /** Writes the corpus, from the module's folder. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(FILE, text(), StandardCharsets.UTF_8);
  }

  static String text() {
    BackwardCorpus corpus = new BackwardCorpus();
    corpus.texts();
    corpus.absent();
    corpus.unknown();
    corpus.types();
    corpus.targets();
    corpus.modes();
    corpus.outcomes();
    corpus.numbers();
    corpus.context();
    corpus.limits();
    corpus.references();
    return corpus.entries.stream().map(e -> e.line() + "\n").collect(Collectors.joining());
  }

  private void texts() {
    String valid = body(Map.of());
    add("the valid body", valid, THROUGH);
    for (int length = 0; length < valid.length(); length++) {
      add("cut after " + length + " characters", valid.substring(0, length), MALFORMED);
    }
    add("a second value behind the body", valid + "{}", MALFORMED);
    add("a byte order mark", "\ufeff" + valid, MALFORMED);
    add("an array around the body", "[" + valid + "]", MALFORMED);
    for (String value : List.of("null", "true", "1", "\"core_ir\"", "[]")) {
      add("no object but " + value, value, MALFORMED);
    }
    for (String member : members().keySet()) {
      String twice = valid.substring(0, valid.length() - 1) + ",\"" + member + "\":1}";
      add("the member " + member + " twice", twice, MALFORMED);
    }
    add("white space everywhere", valid.replace(",", " ,\n\t").replace(":", " : "), THROUGH);
  }

  private void absent() {
    for (String member : members().keySet()) {
      add("without " + member, body(member, null), "MISSING_REQUIRED_FIELD");
    }
    add("an empty object", "{}", "MISSING_REQUIRED_FIELD");
    add(
        "a forward evaluation",
        "{\"ruleset\":\"corpus.renderings\",\"proposal\":1,\"evaluated_at\":\"never\"}",
        "MISSING_REQUIRED_FIELD");
  }

  private void unknown() {
    for (String member :
        List.of("proposal", "renderings", "target", "Core_ir", "core_ir ", "mode", "", "$ref")) {
      add("the unknown member '" + member + "'", body(member, "1"), "UNKNOWN_FIELD");
    }
  }

  private void types() {
    List<String> noText = List.of("null", "true", "1", "[]", "{}", "[\"one\"]");
    for (String member : List.of("ruleset", "evaluated_at", "observed_at", "cardinality_mode")) {
      for (String value : noText) {
        add(member + " is " + value, body(member, value), MALFORMED);
      }
    }
    for (String value : List.of("null", "true", "\"1\"", "-1", "1.5", "[]", "{}", "31622400001")) {
      add("decision_window_ms is " + value, body("decision_window_ms", value), MALFORMED);
    }
    for (String value : List.of("null", "\"a\"", "{}", "1", "[1]", "[null]", "[\"a\",[]]")) {
      add("authority is " + value, body("authority", value), MALFORMED);
    }
    add("no grant in authority", body("authority", "[]"), THROUGH);
  }

  private void targets() {
    for (String value :
        List.of(
            "null",
            "\"text\"",
            "{}",
            "{\"text\":true}",
            "[]",
            "[null]",
            "[1]",
            "[[\"text\"]]",
            "[\"text\",\"text\"]",
            "[\"text\",\"page\",\"text\"]",
            "[\"text\",{}]",
            "[\"letter\",1]")) {
      add("render_targets is " + value, body("render_targets", value), MALFORMED);
    }
    for (String value :
        List.of("letter", "Text", "text ", " text", "", "__proto__", "te\\u0000xt", "text.page")) {
      add(
          "the unknown target '" + value + "'",
          body("render_targets", "[\"text\",\"" + value + "\"]"),
          "UNKNOWN_FIELD");
    }
    add("both targets", body("render_targets", "[\"page\",\"text\"]"), THROUGH);
    add("a target written with an escape", body("render_targets", "[\"\\u0074ext\"]"), THROUGH);
    add(
        "a target twice, once escaped",
        body("render_targets", "[\"\\u0074ext\",\"text\"]"),
        MALFORMED);
  }

  private void modes() {
    add("one", body("cardinality_mode", "\"one\""), THROUGH);
    add("all", body("cardinality_mode", "\"all\""), THROUGH);
    for (String mode :
        List.of("", "ONE", "One", " one", "one ", "any", "both", "1", "all\\u0000", "\\u0430ll")) {
      add("the mode '" + mode + "'", body("cardinality_mode", "\"" + mode + "\""), MALFORMED);
    }
  }

  private void outcomes() {
    for (String value :
        List.of("null", "true", "0", "\"\"", "[]", "{}", "\"\\u0000\"", "\"{{ir.a}}\"", "[[[]]]")) {
      add("the outcome " + value, body("core_ir", value), THROUGH);
    }
    for (String value :
        List.of(
            "",
            "undefined",
            "'x'",
            "{a:1}",
            "[1,]",
            "{\"a\":1,\"a\":2}",
            "\"\\ud800\"",
            "\"\\x\"")) {
      add("no outcome but " + value, body("core_ir", value), MALFORMED);
    }
    add("a raw line feed in a string", body("core_ir", "\"a\nb\""), MALFORMED);
  }

  private void numbers() {
    for (String value : List.of("-0", "1.0", "0.10", "1e2", "1E-2", "5e-324", "9007199254740992")) {
      add("the number " + value, body("core_ir", value), THROUGH);
    }
    for (String value :
        List.of(
            "01", "+1", ".5", "1.", "-", "NaN", "Infinity", "1e400", "0x1", "9007199254740993")) {
      add("no number but " + value, body("core_ir", value), MALFORMED);
    }
  }

  private void context() {
    add("an empty context", body("context", "{}"), THROUGH);
    add("a context that fits", body("context", "{\"n\":1}"), THROUGH);
    for (String value :
        List.of("null", "1", "[]", "{\"n\":\"1\"}", "{\"n\":null}", "{\"n\":1.5}", "{\"m\":1}")) {
      add("the context " + value, body("context", value), "FACT_TYPE_MISMATCH");
    }
  }

  private void limits() {
    add("an outcome 63 deep", body("core_ir", "[".repeat(63) + "]".repeat(63)), THROUGH);
    add("an outcome 64 deep", body("core_ir", "[".repeat(64) + "]".repeat(64)), TOO_LARGE);
    add("a name of 256", body("core_ir", "{\"" + "n".repeat(256) + "\":1}"), THROUGH);
    add("a name of 257", body("core_ir", "{\"" + "n".repeat(257) + "\":1}"), TOO_LARGE);
    add("a number of 401 digits", body("core_ir", "1" + "0".repeat(400)), TOO_LARGE);
    add("10,000 elements", body("core_ir", repeated("0", 10_000)), THROUGH);
    add("10,001 elements", body("core_ir", repeated("0", 10_001)), TOO_LARGE);
    add("32 targets, the third unknown", body("render_targets", targets(32)), "UNKNOWN_FIELD");
    add("33 targets", body("render_targets", targets(33)), TOO_LARGE);
    add("16 grants", body("authority", repeated("\"a\"", 16)), THROUGH);
    add("17 grants", body("authority", repeated("\"a\"", 17)), TOO_LARGE);
    add("a grant of 8,192", body("authority", "[\"" + "a".repeat(8_192) + "\"]"), THROUGH);
    add("a grant of 8,193", body("authority", "[\"" + "a".repeat(8_193) + "\"]"), TOO_LARGE);
    add("the longest window", body("decision_window_ms", "31622400000"), THROUGH);
  }

  private void references() {
    for (String name :
        List.of(
            "",
            "corpus",
            "Corpus.renderings",
            "corpus.renderings@0",
            "corpus.renderings@",
            "corpus.renderings@sha256:00",
            "corpus.renderings ",
            "corpus..renderings")) {
      add("the reference '" + name + "'", body("ruleset", "\"" + name + "\""), "UNKNOWN_RULESET");
    }
  }

  private static String repeated(String element, int count) {
    return "[" + String.join(",", Collections.nCopies(count, element)) + "]";
  }

  private static String targets(int count) {
    List<String> names = new ArrayList<>(List.of("\"text\"", "\"page\""));
    for (int i = 2; i < count; i++) {
      names.add("\"t" + i + "\"");
    }
    return "[" + String.join(",", names) + "]";
  }

  private static Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("ruleset", "\"corpus.renderings\"");
    members.put("core_ir", "{\"a\":\"x\"}");
    members.put("render_targets", "[\"text\"]");
    members.put("cardinality_mode", "\"one\"");
    members.put("evaluated_at", "\"never\"");
    return members;
  }

  /** The valid body with one member put, replaced or (null) left out. */
  private static String body(String member, String json) {
    Map<String, String> change = new LinkedHashMap<>();
    change.put(member, json);
    return body(change);
  }

  private static String body(Map<String, String> changes) {
    Map<String, String> members = members();
    changes.forEach(
        (name, json) -> {
          if (json == null) {
            members.remove(name);
          } else {
            members.put(name, json);
          }
        });
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private void add(String name, String body, String code) {
    entries.add(CorpusEntry.of(name, body.getBytes(StandardCharsets.UTF_8), code));
  }
}
