package dev.nofate.gate.evaluate;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of a batch, for the OpenAPI document: the items are cut out of its octets.
 *
 * @param items 1 to 100
 */
@Schema(
    name = "BatchRequest",
    requiredProperties = {"items"})
public record BatchRequest(List<Item> items) {

  static final String EXAMPLE =
      """
      {
        "items": [
          {
            "idempotency_key": "transfer-1",
            "request": {
              "ruleset": "payments.transfer",
              "proposal": {"amount": 1200, "currency": "EUR"},
              "context": {"limit": 5000},
              "evaluated_at": "2026-11-23T10:00:00.000Z"
            }
          },
          {
            "idempotency_key": "transfer-2",
            "request": {
              "ruleset": "payments.transfer",
              "proposal": {"amount": 9000, "currency": "EUR"},
              "context": {"limit": 5000},
              "evaluated_at": "2026-11-23T10:00:00.000Z"
            }
          }
        ]
      }
      """;

  /**
   * An item.
   *
   * @param idempotencyKey 1 to 255 printable ASCII characters
   * @param request a forward evaluation
   */
  @Schema(
      name = "BatchRequestItem",
      requiredProperties = {"idempotency_key", "request"})
  public record Item(String idempotencyKey, EvaluationRequest request) {}
}
