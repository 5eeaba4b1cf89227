package dev.nofate.gate.engine;

import dev.nofate.gate.engine.json.JsonLimits;

/**
 * Every bound the engine keeps. A request beyond one is {@code PAYLOAD_TOO_LARGE}; a ruleset beyond
 * one is refused.
 *
 * @param request bounds of a request body
 * @param grants compact JWS grants in one request
 * @param grantLength UTF-16 units of one grant
 * @param delegations links that may follow a grant signed by a key of the ruleset; a chain beyond
 *     them is no valid grant
 * @param ruleset bounds of a ruleset document and of its rules
 */
public record EngineLimits(
    JsonLimits request, int grants, int grantLength, int delegations, RulesetLimits ruleset) {

  /**
   * Request body of {@link JsonLimits#defaults()}, 16 grants of 8 KiB, 4 delegations, default
   * ruleset bounds.
   */
  public static EngineLimits defaults() {
    return new EngineLimits(JsonLimits.defaults(), 16, 8 * 1024, 4, RulesetLimits.defaults());
  }
}
