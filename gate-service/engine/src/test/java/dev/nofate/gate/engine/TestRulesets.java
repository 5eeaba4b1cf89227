package dev.nofate.gate.engine;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ruleset documents that tests and golden vectors share. */
public final class TestRulesets {

  public static final String TRANSFER =
      """
      { "name": "payments.transfer",
        "scope": "Transfers the treasury agent starts on its own.",
        "facts": { "type": "object", "additionalProperties": false,
          "properties": {
            "proposal": { "type": "object", "required": ["amount", "currency"], "additionalProperties": false,
              "properties": { "amount": { "type": "integer" }, "currency": { "type": "string" } } },
            "context": { "type": "object", "additionalProperties": false,
              "properties": { "limit": { "type": "integer" } } } } },
        "decision_window_ms": 5000, "max_clock_skew_ms": 300000,
        "authority": { "required": false, "action": "transfer", "keys": [] },
        "rules": [
          { "id": "within-limit", "when": "proposal.amount <= context.limit", "outcome": "COMPLIANCE", "cite": "TP 4.1" },
          { "id": "over-limit", "when": "proposal.amount > context.limit", "outcome": "VIOLATION", "cite": "TP 4.2" } ],
        "renderings": { "notice": { "media_type": "text/plain", "template": "Transfer of {{ir.amount}} recorded." } },
        "examples": [
          { "name": "small", "proposal": { "amount": 1, "currency": "EUR" }, "context": { "limit": 5 },
            "expect": { "state": "DETERMINISTIC_COMPLIANCE" } },
          { "name": "no limit", "proposal": { "amount": 1, "currency": "EUR" },
            "expect": { "state": "NO_DETERMINISTIC_OUTCOME", "reason": "FACTS_INCOMPLETE", "missing": ["context.limit"] } } ] }
      """;

  public static final String AUTHORISED =
      """
      { "name": "payments.wire",
        "scope": "Wire transfers that an officer has granted.",
        "facts": { "type": "object", "additionalProperties": false,
          "properties": { "proposal": { "type": "object", "additionalProperties": false,
            "properties": { "amount": { "type": "integer" } } } } },
        "decision_window_ms": 5000, "max_clock_skew_ms": 300000,
        "authority": { "required": true, "action": "wire", "keys": [ %s, %s ] },
        "rules": [ { "id": "positive", "when": "proposal.amount > 0", "outcome": "COMPLIANCE" } ] }
      """
          .formatted(TestGrants.ED25519_PUBLIC, TestGrants.P256_PUBLIC);

  public static final String REFUND =
      """
      { "name": "shop.refund",
        "scope": "Refunds an agent grants to customers.",
        "facts": { "type": "object", "additionalProperties": false,
          "properties": {
            "proposal": { "type": "object", "additionalProperties": false,
              "properties": {
                "amount": { "type": "number" },
                "reason": { "type": "string", "enum": ["damaged", "late", "other"] },
                "items": { "type": "array", "items": { "type": "object", "additionalProperties": false,
                  "properties": { "sku": { "type": "string" }, "price": { "type": "number" } } } } } },
            "context": { "type": "object", "additionalProperties": false,
              "properties": {
                "vip": { "type": "boolean" },
                "ceiling": { "type": "number" },
                "blocked": { "type": "boolean" },
                "tags": { "type": "object" },
                "divisor": { "type": "integer" } } } } },
        "decision_window_ms": 60000, "max_clock_skew_ms": 300000,
        "rules": [
          { "id": "small", "when": "proposal.amount <= 20.0", "outcome": "COMPLIANCE" },
          { "id": "ceiling", "when": "proposal.amount > context.ceiling", "outcome": "VIOLATION" },
          { "id": "vip", "when": "has(context.vip) && context.vip && proposal.reason == 'damaged'",
            "outcome": "COMPLIANCE", "overrides": ["ceiling", "price-sum"] },
          { "id": "blocked", "when": "has(context.blocked) && context.blocked", "outcome": "VIOLATION",
            "overrides": ["small", "vip", "ceiling", "price-sum", "tagged", "share"] },
          { "id": "price-sum", "when": "has(proposal.items) && proposal.items.exists(i, i.price > proposal.amount)",
            "outcome": "VIOLATION" },
          { "id": "tagged", "when": "has(context.tags) && context.tags['review'] == 'hold'", "outcome": "VIOLATION" },
          { "id": "share", "when": "has(context.divisor) && 100 / context.divisor > 50", "outcome": "VIOLATION" } ] }
      """;

  public static final String CHOICE =
      """
      { "name": "data.export",
        "scope": "Exports of customer data.",
        "facts": { "type": "object", "additionalProperties": false,
          "properties": {
            "proposal": { "type": "object", "additionalProperties": false,
              "properties": { "rows": { "type": "integer" }, "region": { "type": "string" } } },
            "context": { "type": "object", "additionalProperties": false,
              "properties": { "strict": { "type": "boolean" }, "strict_rows": { "type": "integer" },
                "loose_rows": { "type": "integer" }, "regions": { "type": "array", "items": { "type": "string" } },
                "default_region": { "type": "string" } } } } },
        "decision_window_ms": 0, "max_clock_skew_ms": 0,
        "rules": [
          { "id": "rows", "when": "proposal.rows <= (context.strict ? context.strict_rows : context.loose_rows)",
            "outcome": "COMPLIANCE" },
          { "id": "region", "when": "!context.regions.exists(r, r == proposal.region || r == context.default_region)",
            "outcome": "VIOLATION" } ] }
      """;

  /** Renderings of a payment. */
  public static final String NOTICE =
      """
      { "name": "payments.notice", "scope": "What is told about a payment.",
        "facts": { "type": "object", "additionalProperties": false, "properties": {
            "ir": { "type": "object", "additionalProperties": false, "properties": {
                "amount": { "type": "number" }, "payee": { "type": ["string", "null"] },
                "lines": { "type": "array", "items": { "type": "object", "additionalProperties": false,
                  "properties": { "text": { "type": "string" }, "price": { "type": "integer" } } } },
                "settled": { "type": "boolean" },
                "refund": { "type": "object", "additionalProperties": false,
                  "properties": { "cause": { "type": "string" } } },
                "extra": {} } },
            "context": { "type": "object", "additionalProperties": false, "properties": {
                "ceiling": { "type": "number" }, "divisor": { "type": "integer" },
                "language": { "type": "string" } } } } },
        "decision_window_ms": 5000, "max_clock_skew_ms": 300000,
        "rules": [
          { "id": "settled", "when": "ir.settled", "outcome": "COMPLIANCE" },
          { "id": "too-much", "when": "has(context.ceiling) && ir.amount > context.ceiling",
            "outcome": "VIOLATION" },
          { "id": "split", "when": "has(context.divisor) && 7 / context.divisor > 3",
            "outcome": "VIOLATION", "overrides": ["settled"] } ],
        "renderings": {
          "notice": { "media_type": "text/plain",
            "template": "Paid {{ir.amount}} to {{ir.payee}}: {{#ir.lines}}{{text}}, {{/ir.lines}}" },
          "page": { "media_type": "text/html", "template": "<p>{{ir.payee}}</p>" },
          "refund": { "media_type": "text/plain", "template": "Refunded: {{ir.refund.cause}}." },
          "local": { "media_type": "text/markdown; charset=utf-8",
            "template": "{{! in the reader's language }}*{{context.language}}* {{ir.extra}}" } } }
      """;

  /** A rendering that asks for a grant. */
  public static final String AUTHORISED_NOTICE =
      """
      { "name": "payments.receipt", "scope": "Receipts that an officer has granted.",
        "facts": { "type": "object", "additionalProperties": false,
          "properties": { "ir": { "type": "object" } } },
        "decision_window_ms": 5000, "max_clock_skew_ms": 300000,
        "authority": { "required": true, "action": "wire", "keys": [ %s, %s ] },
        "rules": [ { "id": "any", "when": "true", "outcome": "COMPLIANCE" } ],
        "renderings": { "line": { "media_type": "text/csv",
          "template": "{{ir.amount}};{{ir.paid}}\\n" } } }
      """
          .formatted(TestGrants.ED25519_PUBLIC, TestGrants.P256_PUBLIC);

  /** An outcome that {@link #NOTICE} renders. */
  public static final String PAID =
      "{\"amount\":1200.50,\"payee\":\"<Ann & Bob>\",\"settled\":true,"
          + "\"lines\":[{\"text\":\"a\"},{\"text\":\"b\"}]}";

  private TestRulesets() {}

  /** All documents, by name. */
  public static Map<String, String> all() {
    Map<String, String> documents = new LinkedHashMap<>();
    documents.put("payments.transfer", TRANSFER);
    documents.put("payments.wire", AUTHORISED);
    documents.put("shop.refund", REFUND);
    documents.put("data.export", CHOICE);
    return documents;
  }

  /** The documents of backward evaluations, by name. */
  public static Map<String, String> backward() {
    Map<String, String> documents = new LinkedHashMap<>();
    documents.put("payments.notice", NOTICE);
    documents.put("payments.receipt", AUTHORISED_NOTICE);
    documents.put("payments.transfer", TRANSFER);
    return documents;
  }

  /** Compiles a document that is expected to be good. */
  public static CompiledRuleset compile(String document) {
    Compilation compilation =
        RulesetCompiler.compile(document.getBytes(StandardCharsets.UTF_8), EngineLimits.defaults());
    if (compilation instanceof Compilation.Compiled compiled) {
      return compiled.ruleset();
    }
    throw new IllegalArgumentException(compilation.toString());
  }
}
