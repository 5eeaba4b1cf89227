package dev.nofate.gate.engine.corpus;

import static dev.nofate.gate.engine.corpus.CorpusBodies.octets;
import static dev.nofate.gate.engine.corpus.CorpusBodies.proposal;
import static dev.nofate.gate.engine.corpus.CorpusBodies.utf8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes {@code malformed-v1.jsonl}: malformed and edge-case request bodies, each with the state and
 * code it ends in. What is expected is said here by category, never taken from the engine. {@code
 * INVALID_TIMESTAMP} marks a text that intake lets through.
 */
final class MalformedCorpus {

  static final Path FILE = Path.of("src/test/resources/corpus/malformed-v1.jsonl");

  private static final String MALFORMED = "MALFORMED_PAYLOAD";
  private static final String THROUGH = "INVALID_TIMESTAMP";
  private static final String TOO_LARGE = "PAYLOAD_TOO_LARGE";

  private final List<CorpusEntry> entries = new ArrayList<>();

  private MalformedCorpus() {}

  /** Writes the corpus, from the module's folder. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(FILE, text(), StandardCharsets.UTF_8);
  }

  static String text() {
    return entries().stream().map(e -> e.line() + "\n").collect(Collectors.joining());
  }

  static List<CorpusEntry> entries() {
    MalformedCorpus corpus = new MalformedCorpus();
    corpus.notJson();
    corpus.truncated();
    corpus.values();
    corpus.numbers();
    corpus.strings();
    corpus.encodings();
    corpus.duplicates();
    corpus.members();
    corpus.limits();
    corpus.references();
    corpus.timestamps();
    corpus.facts();
    return corpus.entries;
  }

  private void add(String name, byte[] body, String code) {
    entries.add(CorpusEntry.of(name, body, code));
  }

  private void each(String name, String code, List<String> parts, Body body) {
    for (int i = 0; i < parts.size(); i++) {
      add(name + "-" + (i + 1), body.around(parts.get(i)), code);
    }
  }

  /** Puts a part into a body. */
  private interface Body {
    byte[] around(String part);
  }

  private void notJson() {
    each(
        "not-json",
        MALFORMED,
        List.of(
            "",
            " ",
            "\n\t\r ",
            "{",
            "}",
            "[",
            "]",
            "[}",
            "{]",
            "[[]",
            "{}}",
            "[]]",
            "{}{}",
            "{} {}",
            "[] x",
            "1 2",
            "nul",
            "nulll",
            "True",
            "FALSE",
            "None",
            "undefined",
            "NaN",
            "Infinity",
            "-Infinity",
            "'a'",
            "`a`",
            "\"",
            "\"a",
            "a\"",
            "\"a\"b\"",
            "{a:1}",
            "{'a':1}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{,}",
            "{\"a\":1,,\"b\":2}",
            "{\"a\":1;\"b\":2}",
            "{\"a\" 1}",
            "{\"a\"=1}",
            "{\"a\":1 \"b\":2}",
            "{1:2}",
            "{null:1}",
            "{\"a\":1:2}",
            "[1,]",
            "[,1]",
            "[1,,2]",
            "[1 2]",
            "[1;2]",
            "//x\n{}",
            "/*x*/{}",
            "#x\n{}",
            "{}//x",
            "{}#",
            "{}\u0000",
            "\u0000",
            "\u0000{}",
            "{}\f",
            "\u000b{}",
            "\u00a0{}",
            "{}\u2028",
            "\u3000{}",
            "\u001e{}",
            "<a/>",
            "a=1&b=2",
            "--x",
            "%7B%7D",
            "data: {}",
            ")]}',{}",
            "{}\\",
            "\\u007b\\u007d"),
        CorpusBodies::utf8);
    each(
        "no-object",
        MALFORMED,
        List.of("null", "true", "false", "0", "-1.5e3", "\"text\"", "[]", "[{}]", " [1] ", "\"\""),
        CorpusBodies::utf8);
    add("whitespace-around", utf8(" \t\r\n" + CorpusBodies.VALID + "\n \t\r"), THROUGH);
    add("baseline", utf8(CorpusBodies.VALID), THROUGH);
  }

  private void truncated() {
    byte[] whole = utf8(CorpusBodies.VALID);
    for (int length = 1; length < whole.length; length++) {
      add("truncated-at-" + length, Arrays.copyOf(whole, length), MALFORMED);
    }
  }

  private void values() {
    each(
        "value",
        MALFORMED,
        List.of(
            "",
            "nul",
            "tru",
            "falsee",
            "TRUE",
            "Null",
            "NaN",
            "-NaN",
            "Infinity",
            "-Infinity",
            "+Infinity",
            "undefined",
            "'x'",
            "x",
            "{a:1}",
            "[1,]",
            "{\"a\":1,}",
            "[1 2]",
            "/*c*/1",
            "1//c\n",
            "(1)",
            "1,",
            "<1>",
            "\"a\"+\"b\"",
            "\"a\" \"b\"",
            "[\"a\":1]",
            "{\"a\",1}"),
        CorpusBodies::proposal);
    each(
        "value-through",
        THROUGH,
        List.of(
            "null",
            "true",
            "false",
            "\"\"",
            "[]",
            "{}",
            "{\"\":1}",
            "[[[]]]",
            "{\"a\":{\"a\":{}}}",
            "[null,true,false,0,\"\",[],{}]",
            "{\"__proto__\":1}",
            "{\"constructor\":{}}",
            "{\"$ref\":\"#\"}",
            "{\"a.b\":1,\"a\":{\"b\":2}}",
            "{\" a\":1,\"a\":2}",
            "{\"a\":1,\"A\":2}",
            " { \"a\" : [ 1 , 2 ] } "),
        CorpusBodies::proposal);
  }

  private void numbers() {
    each(
        "number",
        MALFORMED,
        List.of(
            "01", "00", "-01", "+1", ".5", "-.5", "1.", "-1.", "1.e1", "1e", "1e+", "1e-", "1E+-1",
            "-", "--1", "1-", "1e1.5", "1.2.3", "0x10", "0b1", "0o7", "1_000", "1,000", "1f", "1L",
            "1n", "١", "１", "1e1e1", "e1", "- 1", "1 e1", "∞"),
        CorpusBodies::proposal);
    each(
        "lossy-number",
        MALFORMED,
        List.of(
            "9007199254740993",
            "-9007199254740993",
            "9223372036854775807",
            "18446744073709551615",
            "0.1000000000000000055511151231257827",
            "0.12345678901234567890",
            "1.00000000000000000001",
            "3.141592653589793238",
            "123456789012345678901234567890",
            "1e309",
            "-1e309",
            "1e400",
            "1e-400",
            "-1e-400",
            "1e999999999",
            "1e-999999999",
            "1e99999999999999999999",
            "-1e-99999999999999999999",
            "1.7976931348623159e308",
            "4.9e-324",
            "2e-324",
            "3e-324",
            "0.30000000000000001",
            "1e23000",
            "9.999999999999999999",
            "0.1e-99999",
            "1E0000010001"),
        CorpusBodies::proposal);
    each(
        "exact-number",
        THROUGH,
        List.of(
            "0",
            "-0",
            "-0.0",
            "0.10",
            "0.1",
            "1.0",
            "1.50",
            "1e0",
            "1E+2",
            "1e-7",
            "100e-2",
            "0e0",
            "0e99999",
            "-0e-99999",
            "0.000e999999999",
            "9007199254740991",
            "9007199254740992",
            "9007199254740994",
            "9007199254740992.0e0",
            "1e21",
            "1e22",
            "100000000000000000000",
            "1234567890123456800",
            "1e308",
            "1.7976931348623157e308",
            "5e-324",
            "2.5e-323",
            "2.2250738585072014e-308",
            "123456789.123456",
            "333333333.3333333",
            "1e0000000001",
            "0.000001",
            "0.0000001",
            "1".repeat(15),
            "0." + "0".repeat(30) + "1",
            "10".repeat(4)),
        CorpusBodies::proposal);
  }

  private void strings() {
    for (char c = 0; c < 0x20; c++) {
      add("raw-control-in-string-" + (int) c, proposal("\"a" + c + "b\""), MALFORMED);
      boolean space = c == '\t' || c == '\n' || c == '\r';
      add("raw-control-outside-" + (int) c, proposal("[1" + c + "]"), space ? THROUGH : MALFORMED);
      add(
          "escaped-control-" + (int) c,
          proposal("\"\\u00" + HexFormat.of().toHexDigits((byte) c) + "\""),
          THROUGH);
    }
    for (char c = '!'; c < 0x7f; c++) {
      boolean known = "\"\\/bfnrtu".indexOf(c) >= 0;
      if (!known) {
        add("escape-" + (int) c, proposal("\"\\" + c + "\""), MALFORMED);
      }
    }
    each(
        "string",
        MALFORMED,
        List.of(
            "\"\\u\"",
            "\"\\u1\"",
            "\"\\u12\"",
            "\"\\u123\"",
            "\"\\u12G4\"",
            "\"\\u 123\"",
            "\"\\U0041\"",
            "\"\\u{41}\"",
            "\"\\x41\"",
            "\"\\\"",
            "\"a\nb\"",
            "\"\\ud800\"",
            "\"\\udfff\"",
            "\"\\ud800x\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\\ud800\"",
            "\"\\ud83d\\ud83d\\ude00\"",
            "\"\\ude00\\ud83d\\ude00\"",
            "\"\\ufffe\"",
            "\"\\uffff\"",
            "\"\\ufdd0\"",
            "\"\\ufdef\"",
            "\"\\ud83f\\udfff\"",
            "\"\\udbff\\udffe\"",
            "\"\ufdd0\"",
            "\"\uffff\"",
            "{\"\\ud800\":1}",
            "{\"\\ufffe\":1}",
            "[[\"\\udc00\"]]"),
        CorpusBodies::proposal);
    each(
        "string-through",
        THROUGH,
        List.of(
            "\"\\u0041\"",
            "\"\\uD83D\\uDE00\"",
            "\"\uD83D\uDE00\"",
            "\"\\/\"",
            "\"/\"",
            "\"\\u0000\"",
            "\"\u007f\"",
            "\"\u2028\u2029\"",
            "\"\\ufffd\"",
            "\"\\ufeff\"",
            "\"\ufeff\"",
            "\"\ue000\"",
            "\"e\u0301\"",
            "\"\u00e9\"",
            "{\"\\u0000\":1}",
            "\"\\b\\f\\n\\r\\t\\\"\\\\\""),
        CorpusBodies::proposal);
  }

  private void encodings() {
    for (int lead = 0x80; lead <= 0xff; lead++) {
      add("lone-octet-" + Integer.toHexString(lead), octets((byte) lead), MALFORMED);
    }
    each(
        "octets",
        MALFORMED,
        List.of(
            "c080",
            "c1bf",
            "e08080",
            "e09fbf",
            "f0808080",
            "f08fbfbf",
            "eda080",
            "edbfbf",
            "eda0bdedb880",
            "f4908080",
            "f5808080",
            "f8888080",
            "fc8480808080",
            "fefe",
            "c3",
            "e282",
            "f09f98",
            "c328",
            "e28228",
            "f09f2880",
            "8080",
            "efbfbe",
            "efbfbf",
            "efb790",
            "f09fbfbe",
            "f48fbfbf"),
        hex -> octets(HexFormat.of().parseHex(hex)));
    each(
        "octets-through",
        THROUGH,
        List.of("c3a9", "e282ac", "f09f9880", "ed9fbf", "ee8080", "efbfbd", "f48fbfbd", "7f"),
        hex -> octets(HexFormat.of().parseHex(hex)));
    add("byte-order-mark", utf8("\ufeff" + CorpusBodies.VALID), MALFORMED);
    add("utf-16-be", CorpusBodies.VALID.getBytes(StandardCharsets.UTF_16BE), MALFORMED);
    add("utf-16-le", CorpusBodies.VALID.getBytes(StandardCharsets.UTF_16LE), MALFORMED);
    add("utf-16-marked", CorpusBodies.VALID.getBytes(StandardCharsets.UTF_16), MALFORMED);
    add("utf-32-be", CorpusBodies.VALID.getBytes(Charset.forName("UTF-32BE")), MALFORMED);
    add("latin-1", latin1(), MALFORMED);
    add("mark-after-value", utf8(CorpusBodies.VALID + "\ufeff"), MALFORMED);
    add("gzip-magic", HexFormat.of().parseHex("1f8b0800000000000003abae0500"), MALFORMED);
    add("only-0xff", new byte[] {-1, -1, -1, -1}, MALFORMED);
  }

  private static byte[] latin1() {
    return "{\"ruleset\":\"corpus.edges\",\"proposal\":\"caf\u00e9\",\"evaluated_at\":\"never\"}"
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private void duplicates() {
    for (String name : List.of("ruleset", "proposal", "evaluated_at")) {
      String again = CorpusBodies.VALID.replace("{\"ruleset\"", "{\"" + name + "\":1,\"ruleset\"");
      add("duplicate-member-" + name, utf8(again), MALFORMED);
    }
    each(
        "duplicate",
        MALFORMED,
        List.of(
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"b\":2,\"a\":3}",
            "{\"\":1,\"\":2}",
            "{\"a\":1,\"\\u0061\":2}",
            "{\"\\u0061\":1,\"\\u0061\":2}",
            "[{\"a\":1,\"a\":2}]",
            "{\"x\":{\"a\":1,\"a\":2}}",
            "{\"\u00e9\":1,\"\\u00e9\":2}",
            "{\"\\ud83d\\ude00\":1,\"\uD83D\uDE00\":2}",
            "{\"a\":{\"a\":1},\"a\":2}"),
        CorpusBodies::proposal);
    add("not-duplicate-normalisation", proposal("{\"\u00e9\":1,\"e\u0301\":2}"), THROUGH);
  }

  private void members() {
    for (String name : List.of("ruleset", "proposal", "evaluated_at")) {
      add("missing-" + name, CorpusBodies.members(name, null), "MISSING_REQUIRED_FIELD");
    }
    add("missing-all", utf8("{}"), "MISSING_REQUIRED_FIELD");
    add("missing-before-unknown", utf8("{\"rulset\":1}"), "MISSING_REQUIRED_FIELD");
    for (String name :
        List.of(
            "x",
            "Proposal",
            "proposal ",
            "",
            "evaluatedAt",
            "salt",
            "tenant",
            "received_at",
            "state",
            "idempotency_key",
            "core_ir",
            "\\u0000",
            "\uD83D\uDE00",
            "a/b",
            "a~b",
            "$schema")) {
      add("unknown-member-" + entries.size(), CorpusBodies.members(name, "1"), "UNKNOWN_FIELD");
    }
    List<String> types = List.of("null", "true", "1", "1.5", "\"t\"", "[]", "{}");
    for (String type : types) {
      boolean text = type.startsWith("\"");
      for (String name : List.of("ruleset", "evaluated_at", "observed_at")) {
        if (!text) {
          add("type-" + name + "-" + type, CorpusBodies.members(name, type), MALFORMED);
        }
      }
      if (!type.equals("[]")) {
        add("type-authority-" + type, CorpusBodies.members("authority", type), MALFORMED);
        add(
            "type-authority-element-" + type,
            CorpusBodies.members("authority", "[" + type + "]"),
            text ? THROUGH : MALFORMED);
      }
      if (!type.equals("1")) {
        add("type-window-" + type, CorpusBodies.members("decision_window_ms", type), MALFORMED);
      }
      if (!type.equals("{}")) {
        add("type-context-" + type, CorpusBodies.members("context", type), "FACT_TYPE_MISMATCH");
      }
    }
    each(
        "window",
        MALFORMED,
        List.of("-1", "0.5", "1e300", "31622400001", "9007199254740992", "\"5000\""),
        window -> CorpusBodies.members("decision_window_ms", window));
    each(
        "window-through",
        THROUGH,
        List.of("0", "-0", "5e3", "5000.0", "31622400000"),
        window -> CorpusBodies.members("decision_window_ms", window));
  }

  private void limits() {
    for (int depth : List.of(64, 65, 100, 1_000, 50_000)) {
      add("deep-array-" + depth, proposal("[".repeat(depth) + "]".repeat(depth)), TOO_LARGE);
      add("deep-open-array-" + depth, proposal("[".repeat(depth)), TOO_LARGE);
      add(
          "deep-object-" + depth,
          proposal("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)),
          TOO_LARGE);
    }
    add("deep-raw-brackets", utf8("[".repeat(100_000)), TOO_LARGE);
    add("deep-array-63", proposal("[".repeat(63) + "]".repeat(63)), THROUGH);
    add("deep-object-63", proposal("{\"a\":".repeat(63) + "1" + "}".repeat(63)), THROUGH);
    add("name-256", proposal("{\"" + "n".repeat(256) + "\":1}"), THROUGH);
    add("name-257", proposal("{\"" + "n".repeat(257) + "\":1}"), TOO_LARGE);
    add("number-400", proposal("0." + "0".repeat(398)), THROUGH);
    add("number-401", proposal("0." + "0".repeat(399)), TOO_LARGE);
    add("number-digits-100000", proposal("9".repeat(100_000)), TOO_LARGE);
    add("array-10000", proposal("[" + "1,".repeat(9_999) + "1]"), THROUGH);
    add("array-10001", proposal("[" + "1,".repeat(10_000) + "1]"), TOO_LARGE);
    add("string-100000", proposal("\"" + "s".repeat(100_000) + "\""), THROUGH);
    add("grants-16", CorpusBodies.members("authority", grants(16, 3)), THROUGH);
    add("grants-17", CorpusBodies.members("authority", grants(17, 3)), TOO_LARGE);
    add("grant-8192", CorpusBodies.members("authority", grants(1, 8_192)), THROUGH);
    add("grant-8193", CorpusBodies.members("authority", grants(1, 8_193)), TOO_LARGE);
  }

  private static String grants(int count, int length) {
    String grant = "\"" + "g".repeat(length) + "\"";
    return "[" + String.join(",", Collections.nCopies(count, grant)) + "]";
  }

  private void references() {
    each(
        "reference",
        "UNKNOWN_RULESET",
        List.of(
            "",
            " ",
            "corpus",
            "corpus.none",
            "Corpus.edges",
            " corpus.edges",
            "corpus.edges ",
            "corpus..edges",
            ".corpus",
            "corpus.",
            "corpus.edges@",
            "corpus.edges@0",
            "corpus.edges@-1",
            "corpus.edges@01",
            "corpus.edges@1.0",
            "corpus.edges@99999999",
            "corpus.edges@9999999999",
            "corpus.edges@latest",
            "corpus.edges@sha256:",
            "corpus.edges@sha256:" + "0".repeat(64),
            "corpus.edges@sha256:" + "G".repeat(64),
            "corpus.edges@sha256:" + "0".repeat(63),
            "corpus.edges@1@1",
            "@1",
            "corpus/edges",
            "../corpus",
            "corpus.edges\\u0000",
            "corpus.édges",
            "c".repeat(300),
            "corpus.edges#1",
            "corpus.edges;drop",
            "*",
            "%",
            "corpus.edges\\n"),
        reference -> CorpusBodies.members("ruleset", "\"" + reference + "\""));
  }

  private void timestamps() {
    each(
        "timestamp",
        THROUGH,
        List.of(
            "",
            "now",
            "2026",
            "2026-11-23",
            "2026-11-23T10:00Z",
            "2026-11-23T10:00:00",
            "2026-11-23 10:00:00Z",
            "2026-11-23t10:00:00z",
            "2026-11-23T10:00:00z",
            "2026-11-23T10:00:00.Z",
            "2026-11-23T10:00:00.1234567890Z",
            "2026-11-23T10:00:00,5Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T10:60:00Z",
            "2026-11-23T23:59:60Z",
            "2026-02-29T10:00:00Z",
            "2026-13-01T10:00:00Z",
            "2026-00-01T10:00:00Z",
            "2026-11-00T10:00:00Z",
            "2026-11-31T10:00:00Z",
            "2026-11-23T10:00:00+25:00",
            "2026-11-23T10:00:00+0100",
            "2026-11-23T10:00:00+01",
            "2026-11-23T10:00:00+01:60",
            "+2026-11-23T10:00:00Z",
            "-2026-11-23T10:00:00Z",
            "12026-11-23T10:00:00Z",
            "2026-11-23T10:00:00ZZ",
            " 2026-11-23T10:00:00Z",
            "2026-11-23T10:00:00Z ",
            "2026-W48-1T10:00:00Z",
            "2026-327T10:00:00Z",
            "1700000000",
            "２０２６-11-23T10:00:00Z",
            "2026-11-23T10:00:00[UTC]",
            "2026-11-23T10:00:00 UTC",
            "Mon, 23 Nov 2026 10:00:00 GMT"),
        time -> CorpusBodies.members("evaluated_at", "\"" + time + "\""));
    each(
        "observed",
        THROUGH,
        List.of("", "yesterday", "2026-11-23T10:00:00", "2026-11-23T10:00:00.000001Z"),
        time ->
            CorpusBodies.members(
                "evaluated_at", "\"2026-11-23T10:00:00Z\"", "observed_at", "\"" + time + "\""));
  }

  private void facts() {
    each(
        "fact",
        "FACT_TYPE_MISMATCH",
        List.of(
            "{\"n\":1.5}",
            "{\"n\":\"1\"}",
            "{\"n\":true}",
            "{\"n\":null}",
            "{\"n\":[1]}",
            "{\"n\":{}}",
            "{\"n\":9223372036854776000}",
            "{\"n\":1e21}",
            "{\"n\":-1e29}",
            "{\"s\":1}",
            "{\"s\":\"sixsix\"}",
            "{\"s\":null}",
            "{\"b\":\"true\"}",
            "{\"b\":0}",
            "{\"z\":0}",
            "{\"z\":\"null\"}",
            "{\"list\":1}",
            "{\"list\":[\"1\"]}",
            "{\"list\":[1,null]}",
            "{\"list\":{}}",
            "{\"map\":[]}",
            "{\"map\":{\"k\":1}}",
            "{\"nested\":{\"inner\":\"X\"}}",
            "{\"nested\":{\"inner\":1}}",
            "{\"nested\":{\"other\":1}}",
            "{\"nested\":[]}",
            "{\"N\":1}",
            "{\"other\":1}",
            "{\"n\":1,\"\":2}",
            "[{\"n\":1}]"),
        CorpusBodies::context);
    each(
        "fact-through",
        THROUGH,
        List.of(
            "{}",
            "{\"n\":1}",
            "{\"n\":1.0}",
            "{\"n\":-0}",
            "{\"n\":1e3}",
            "{\"n\":9007199254740992}",
            "{\"n\":-9223372036854774000}",
            "{\"s\":\"\"}",
            "{\"s\":\"\uD83D\uDE00\uD83D\uDE00abc\"}",
            "{\"b\":false}",
            "{\"z\":null}",
            "{\"list\":[]}",
            "{\"list\":[1,1.5,-2e-3]}",
            "{\"map\":{}}",
            "{\"map\":{\"any key\":\"v\"}}",
            "{\"nested\":{}}",
            "{\"nested\":{\"inner\":\"abc\"}}"),
        CorpusBodies::context);
  }
}
