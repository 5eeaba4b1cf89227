package dev.nofate.gate.engine.rule;

import java.util.List;
import java.util.Random;

/** Random conditions over every corner of the deterministic subset, about {@link RandomFacts}. */
final class RandomConditions {

  private static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=", "==", "!=");
  static final String[] TEXTS = {
    "", "a", "ab", "abc", "B", "\u00e9", "e\u0301", "\ud83d\ude00", "a\ud83d\ude00b", "\uffee", "1",
        "-1", "1.5",
    "true", "True", "0x10", "9223372036854775807", "9223372036854775808", "1e3", "x y", "\n",
        "null", "t", "T", "1h", "90s"
  };
  private static final String[] PATTERNS = {
    "a",
    "^a",
    "b$",
    "a.c",
    ".",
    "^.$",
    "^..$",
    "[a-c]+",
    "(a|b)*",
    "\\\\d+",
    "\\\\w+$",
    "a{2}",
    "^$",
    "\\\\s",
    "(?i)AB",
    "\\\\p{L}",
    "[^a]",
    "\\\\bab\\\\b",
    "(",
    "a++",
    "(?=a)",
    "\\\\x{1F600}",
    "\\\\z",
    "\\\\u0061",
    "(a)\\\\1"
  };
  static final String[] TIMES = {
    "2026-11-23T10:00:00Z",
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999Z",
    "2024-02-29T12:30:45.123456789Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "2026-11-23T10:00:00+02:00",
    "2026-11-23",
    "2026-02-30T00:00:00Z",
    "2026-11-23t10:00:00z",
    "2016-12-31T23:59:60Z",
    "10000-01-01T00:00:00Z",
    "yesterday"
  };
  private static final String[] SPANS = {
    "1s",
    "1h",
    "90m",
    "-1.5h",
    "1ms",
    "1us",
    "1ns",
    "0",
    "0s",
    "1h30m",
    "+1h",
    "1d",
    "",
    "315576000000s",
    "315576000001s",
    ".5s",
    "1.s",
    "1.0000000001s"
  };
  private static final String[] WHOLES = {
    "0",
    "1",
    "2",
    "3",
    "-1",
    "7",
    "10",
    "100",
    "9007199254740992",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "253402300799",
    "253402300800",
    "-62135596800",
    "0x1F"
  };
  private static final String[] REALS = {
    "0.0",
    "-0.0",
    "1.0",
    "0.5",
    "1.5",
    "2.5",
    "-1.5",
    "1e300",
    "-1e300",
    "1e-300",
    "9007199254740992.0",
    "9223372036854775807.0",
    "-9223372036854775808.0",
    "0.1",
    "3.0",
    "1e19"
  };

  private final Random random;
  private int names;

  RandomConditions(Random random) {
    this.random = random;
  }

  /** A condition of nested operators; many do not type-check. */
  String bool(int depth) {
    if (depth <= 0) {
      return pick(
          "true",
          "false",
          "proposal.b",
          "proposal.c",
          "has(proposal.i)",
          "has(proposal.in.deep)",
          "has(context.x)",
          "has(context.x.y)",
          "has(proposal.o.k)");
    }
    int d = depth - 1;
    return switch (random.nextInt(34)) {
      case 0, 1, 2 -> "(" + bool(d) + " && " + bool(d) + ")";
      case 3, 4, 5 -> "(" + bool(d) + " || " + bool(d) + ")";
      case 6 -> "!" + bool(d);
      case 7 -> "(" + bool(d) + " ? " + bool(d) + " : " + bool(d) + ")";
      case 8, 9 -> compare(whole(d), whole(d));
      case 10, 11 -> compare(real(d), real(d));
      case 12, 13 -> compare(text(d), text(d));
      case 14 -> compare(whole(d), real(d));
      case 15 -> compare(real(d), whole(d));
      case 16 -> compare(bool(d), bool(d));
      case 17 -> compare(time(d), time(d));
      case 18 -> compare(span(d), span(d));
      case 19 -> "(" + whole(d) + " in " + wholes(d) + ")";
      case 20 -> "(" + text(d) + " in " + texts(d) + ")";
      case 21 -> "(" + text(d) + " in " + map(d) + ")";
      case 22 -> text(d) + "." + pick("contains", "startsWith", "endsWith") + "(" + text(d) + ")";
      case 23 -> text(d) + ".matches(" + (random.nextInt(6) == 0 ? text(d) : quote(PATTERNS)) + ")";
      case 24 -> wholes(d) + loop(d, "whole");
      case 25 -> texts(d) + loop(d, "text");
      case 26 -> "proposal.items" + itemLoop(d);
      case 27 -> "(" + wholes(d) + " == " + wholes(d) + ")";
      case 28 -> "(" + map(d) + " " + pick("==", "!=") + " " + map(d) + ")";
      case 29 -> "(" + any(d) + " " + pick("==", "!=", "==", "<") + " " + any(d) + ")";
      case 30 ->
          "("
              + any(d)
              + " in "
              + pick(
                  "[1, 'a', 1.0, null, true]",
                  "proposal.li",
                  "[[1], [1.0]]",
                  "context.x",
                  "proposal.o")
              + ")";
      case 31 -> "bool(" + text(d) + ")";
      case 32 -> "(" + texts(d) + " == " + texts(d) + ")";
      default -> bool(0);
    };
  }

  private String loop(int d, String kind) {
    String x = "x" + names++;
    String body =
        kind.equals("whole")
            ? pick(
                compare(x, whole(d)),
                compare(x + " % 2", "1"),
                "(" + compare(x, "2") + " || " + bool(d) + ")",
                compare("10 / " + x, whole(d)))
            : pick(
                compare(x, text(d)),
                x + ".startsWith(" + text(d) + ")",
                "size(" + x + ") > 1",
                "(" + bool(d) + " && " + compare(x, "'a'") + ")");
    return "." + pick("all", "exists", "exists_one") + "(" + x + ", " + body + ")";
  }

  private String itemLoop(int d) {
    String x = "y" + names++;
    String body =
        pick(
            compare(x + ".q", whole(d)),
            compare(x + ".p", real(d)),
            "has(" + x + ".n) && " + x + ".n == " + text(d),
            compare(x + ".p * 2.0", "proposal.d"),
            bool(d));
    return "." + pick("all", "exists", "exists_one") + "(" + x + ", " + body + ")";
  }

  private String whole(int depth) {
    if (depth <= 0) {
      return pick("proposal.i", "proposal.j", pick(WHOLES), pick(WHOLES), "proposal.in.deep");
    }
    int d = depth - 1;
    return switch (random.nextInt(16)) {
      case 0, 1 -> "(" + whole(d) + " + " + whole(d) + ")";
      case 2 -> "(" + whole(d) + " - " + whole(d) + ")";
      case 3 -> "(" + whole(d) + " * " + whole(d) + ")";
      case 4 -> "(" + whole(d) + " / " + whole(d) + ")";
      case 5 -> "(" + whole(d) + " % " + whole(d) + ")";
      case 6 -> "-" + "(" + whole(d) + ")";
      case 7 -> pick("size(" + text(d) + ")", text(d) + ".size()");
      case 8 -> "size(" + pick(wholes(d), texts(d), map(d), "proposal.items") + ")";
      case 9 -> "int(" + pick(real(d), text(d), whole(d), time(d)) + ")";
      case 10 ->
          time(d)
              + "."
              + pick(
                  "getFullYear()",
                  "getMonth()",
                  "getDayOfYear()",
                  "getDayOfMonth()",
                  "getDate()",
                  "getDayOfWeek()",
                  "getHours()",
                  "getMinutes()",
                  "getSeconds()",
                  "getMilliseconds()");
      case 11 ->
          span(d) + "." + pick("getHours()", "getMinutes()", "getSeconds()", "getMilliseconds()");
      case 12 -> wholes(d) + "[" + whole(d) + "]";
      case 13 -> "(" + bool(d) + " ? " + whole(d) + " : " + whole(d) + ")";
      case 14 -> "proposal.items[" + pick("0", "1", "5", "-1", whole(d)) + "].q";
      default -> whole(0);
    };
  }

  private String real(int depth) {
    if (depth <= 0) {
      return pick("proposal.d", "proposal.e", pick(REALS), pick(REALS));
    }
    int d = depth - 1;
    return switch (random.nextInt(9)) {
      case 0, 1 -> "(" + real(d) + " + " + real(d) + ")";
      case 2 -> "(" + real(d) + " - " + real(d) + ")";
      case 3 -> "(" + real(d) + " * " + real(d) + ")";
      case 4 -> "(" + real(d) + " / " + real(d) + ")";
      case 5 -> "-(" + real(d) + ")";
      case 6 -> "double(" + pick(whole(d), text(d), real(d)) + ")";
      case 7 -> "(" + bool(d) + " ? " + real(d) + " : " + real(d) + ")";
      default -> pick("proposal.ld[0]", "proposal.ld[" + whole(d) + "]", "proposal.items[0].p");
    };
  }

  private String text(int depth) {
    if (depth <= 0) {
      return pick("proposal.s", "proposal.t", quote(TEXTS), quote(TEXTS), "proposal.when");
    }
    int d = depth - 1;
    return switch (random.nextInt(9)) {
      case 0, 1 -> "(" + text(d) + " + " + text(d) + ")";
      case 2 -> "string(" + pick(whole(d), bool(d), text(d), time(d)) + ")";
      case 3 -> "(" + bool(d) + " ? " + text(d) + " : " + text(d) + ")";
      case 4 -> texts(d) + "[" + whole(d) + "]";
      case 5 -> "proposal.o['k']";
      default -> text(0);
    };
  }

  private String time(int depth) {
    if (depth <= 0) {
      return "timestamp(" + pick(quote(TIMES), "proposal.when") + ")";
    }
    int d = depth - 1;
    return switch (random.nextInt(6)) {
      case 0 -> "(" + time(d) + " + " + span(d) + ")";
      case 1 -> "(" + time(d) + " - " + span(d) + ")";
      case 2 -> "(" + span(d) + " + " + time(d) + ")";
      case 3 -> "timestamp(" + pick(whole(d), time(d)) + ")";
      default -> time(0);
    };
  }

  private String span(int depth) {
    if (depth <= 0) {
      return "duration(" + quote(SPANS) + ")";
    }
    int d = depth - 1;
    return switch (random.nextInt(6)) {
      case 0 -> "(" + span(d) + " + " + span(d) + ")";
      case 1 -> "(" + span(d) + " - " + span(d) + ")";
      case 2 -> "(" + time(d) + " - " + time(d) + ")";
      case 3 -> "duration(" + span(d) + ")";
      default -> span(0);
    };
  }

  private String wholes(int depth) {
    if (depth <= 0) {
      return pick("proposal.li", "[1, 2, 3]", "[proposal.i, proposal.j]");
    }
    int d = depth - 1;
    String x = "z" + names++;
    return switch (random.nextInt(6)) {
      case 0 -> "(" + wholes(d) + " + " + wholes(d) + ")";
      case 1 -> wholes(d) + ".filter(" + x + ", " + compare(x, whole(d)) + ")";
      case 2 ->
          wholes(d) + ".map(" + x + ", " + x + " " + pick("+", "*", "/") + " " + whole(d) + ")";
      case 3 -> wholes(d) + ".map(" + x + ", " + compare(x, "1") + ", " + x + " * 2)";
      case 4 -> "[" + whole(d) + ", " + whole(d) + "]";
      default -> wholes(0);
    };
  }

  private String texts(int depth) {
    if (depth <= 0) {
      return pick("proposal.ls", "['a', 'b']", "[proposal.s, proposal.t]");
    }
    int d = depth - 1;
    String x = "w" + names++;
    return switch (random.nextInt(5)) {
      case 0 -> "(" + texts(d) + " + " + texts(d) + ")";
      case 1 -> texts(d) + ".filter(" + x + ", " + compare(x, text(d)) + ")";
      case 2 -> "proposal.items.map(" + x + ", " + x + ".n)";
      default -> texts(0);
    };
  }

  private String map(int depth) {
    int d = depth - 1;
    return depth <= 0 || random.nextInt(3) == 0
        ? pick("proposal.o", "{'a': 1, 'b': 2}", "{'k': 'a'}", "{}", "proposal.in")
        : pick(
            "{'a': " + any(d) + "}",
            "{" + text(d) + ": " + whole(d) + "}",
            "{1: 'a', " + whole(d) + ": 'b'}");
  }

  private String any(int depth) {
    int d = depth - 1;
    return pick(
        "context.x",
        "context.x.y",
        "proposal.o.k",
        "proposal.o['a']",
        "null",
        "context",
        "proposal",
        "dyn(" + whole(d) + ")",
        "dyn(" + real(d) + ")",
        "dyn(" + text(d) + ")",
        "[1]",
        "[1.0]",
        "dyn(proposal.li)",
        "dyn(proposal.ld)",
        "dyn(proposal.items)");
  }

  private String compare(String left, String right) {
    return "("
        + left
        + " "
        + COMPARISONS.get(random.nextInt(COMPARISONS.size()))
        + " "
        + right
        + ")";
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String quote(String... texts) {
    return "'" + pick(texts).replace("\n", "\\n") + "'";
  }
}
