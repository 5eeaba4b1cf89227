package dev.nofate.gate.ruleset;

/** Examples for the OpenAPI document; a test publishes and evaluates them. */
public final class Examples {

  public static final String RULESET =
      """
      {
        "name": "payments.transfer",
        "scope": "Transfers the treasury agent starts on its own.",
        "facts": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "proposal": {
              "type": "object",
              "required": ["amount", "currency"],
              "additionalProperties": false,
              "properties": {
                "amount": {"type": "integer"},
                "currency": {"type": "string"}
              }
            },
            "context": {
              "type": "object",
              "additionalProperties": false,
              "properties": {"limit": {"type": "integer"}}
            }
          }
        },
        "decision_window_ms": 5000,
        "max_clock_skew_ms": 300000,
        "rules": [
          {
            "id": "within-limit",
            "when": "proposal.amount <= context.limit",
            "outcome": "COMPLIANCE",
            "cite": "TP 4.1"
          },
          {
            "id": "over-limit",
            "when": "proposal.amount > context.limit",
            "outcome": "VIOLATION",
            "cite": "TP 4.2"
          }
        ],
        "examples": [
          {
            "name": "small",
            "proposal": {"amount": 1, "currency": "EUR"},
            "context": {"limit": 5},
            "expect": {"state": "DETERMINISTIC_COMPLIANCE"}
          }
        ]
      }
      """;

  public static final String EVALUATION =
      """
      {
        "ruleset": "payments.transfer",
        "proposal": {"amount": 1200, "currency": "EUR"},
        "context": {"limit": 5000},
        "observed_at": "2026-11-23T09:59:55.000Z",
        "evaluated_at": "2026-11-23T10:00:00.000Z",
        "decision_window_ms": 5000
      }
      """;

  /** A ruleset whose outcomes are rendered. */
  public static final String RENDERING_RULESET =
      """
      {
        "name": "payments.notice",
        "scope": "Notices of transfers that were made.",
        "facts": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "ir": {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "amount": {"type": "integer"},
                "currency": {"type": "string"}
              }
            }
          }
        },
        "decision_window_ms": 5000,
        "max_clock_skew_ms": 300000,
        "rules": [{"id": "positive", "when": "ir.amount > 0", "outcome": "COMPLIANCE"}],
        "renderings": {
          "notice": {
            "media_type": "text/plain",
            "template": "Transfer of {{ir.amount}} {{ir.currency}} recorded."
          }
        }
      }
      """;

  public static final String BACKWARD_EVALUATION =
      """
      {
        "ruleset": "payments.notice",
        "core_ir": {"amount": 1200, "currency": "EUR"},
        "render_targets": ["notice"],
        "cardinality_mode": "one",
        "evaluated_at": "2026-11-23T10:00:00.000Z"
      }
      """;

  private Examples() {}
}
