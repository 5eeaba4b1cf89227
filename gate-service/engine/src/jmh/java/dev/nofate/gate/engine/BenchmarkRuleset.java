package dev.nofate.gate.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A ruleset of any number of rules over one shape of proposal, and proposals of any size. */
final class BenchmarkRuleset {

  private BenchmarkRuleset() {}

  static String document(int rules) {
    List<String> members = new ArrayList<>();
    members.add(rule(0, "proposal.amount <= context.limit", "COMPLIANCE"));
    for (int i = 1; i < rules - 1; i++) {
      members.add(
          switch (i % 4) {
            case 0 -> rule(i, "proposal.amount > context.limit + " + i, "VIOLATION");
            case 1 -> rule(i, "proposal.currency in ['XAU', 'X" + i + "']", "VIOLATION");
            case 2 ->
                rule(
                    i,
                    "has(context.blocked) && context.blocked && proposal.amount > " + i,
                    "VIOLATION");
            default ->
                rule(
                    i,
                    "proposal.lines.exists(l, l.quantity > %d) && proposal.amount < 0"
                        .formatted(1_000 + i),
                    "VIOLATION");
          });
    }
    if (rules > 1) {
      members.add(rule(rules, "proposal.amount > context.limit", "VIOLATION"));
    }
    return """
        { "name": "benchmark.orders", "scope": "Orders of a benchmark.",
          "decision_window_ms": 5000, "max_clock_skew_ms": 300000,
          "facts": { "type": "object", "additionalProperties": false, "properties": {
            "proposal": { "type": "object", "additionalProperties": false, "properties": {
              "amount": { "type": "integer" }, "currency": { "type": "string" },
              "lines": { "type": "array", "items": { "type": "object", "additionalProperties": false,
                "properties": { "sku": { "type": "string" }, "text": { "type": "string" },
                  "quantity": { "type": "integer" }, "price": { "type": "number" } } } } } },
            "context": { "type": "object", "additionalProperties": false, "properties": {
              "limit": { "type": "integer" }, "blocked": { "type": "boolean" } } } } },
          "rules": [ %s ] }
        """
        .formatted(String.join(",", members));
  }

  /** A body whose proposal has about {@code kib} KiB, in lines of about 100 octets. */
  static byte[] body(int kib, int amount) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < kib * 1024 / 100; i++) {
      lines.add(
          "{\"sku\":\"S-%06d\",\"text\":\"A line of the order, as delivered.\",\"quantity\":%d,\"price\":%d.25}"
              .formatted(i, i % 9 + 1, i % 500));
    }
    return ("{\"ruleset\":\"benchmark.orders\",\"evaluated_at\":\"2026-11-23T10:00:00Z\","
            + "\"observed_at\":\"2026-11-23T09:59:58Z\","
            + "\"context\":{\"limit\":5000,\"blocked\":false},"
            + "\"proposal\":{\"amount\":%d,\"currency\":\"EUR\",\"lines\":[%s]}}")
        .formatted(amount, String.join(",", lines))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String rule(int number, String when, String outcome) {
    return "{\"id\":\"r%04d\",\"when\":\"%s\",\"outcome\":\"%s\"}".formatted(number, when, outcome);
  }
}
