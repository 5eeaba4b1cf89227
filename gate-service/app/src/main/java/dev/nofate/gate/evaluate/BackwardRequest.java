package dev.nofate.gate.evaluate;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of a backward evaluation, for the OpenAPI document: the engine reads the bytes itself.
 *
 * @param ruleset {@code name}, {@code name@version} or {@code name@sha256:…}
 * @param coreIr the structured outcome, any JSON value
 * @param renderTargets names of the ruleset's renderings
 * @param cardinalityMode {@code one} or {@code all}
 * @param context any JSON value; may be absent
 * @param authority compact JWS grants; may be absent
 * @param observedAt RFC 3339; may be absent
 * @param evaluatedAt RFC 3339
 * @param decisionWindowMs in milliseconds; may be absent
 */
@Schema(
    name = "BackwardRequest",
    requiredProperties = {
      "ruleset",
      "core_ir",
      "render_targets",
      "cardinality_mode",
      "evaluated_at"
    })
public record BackwardRequest(
    String ruleset,
    Object coreIr,
    List<String> renderTargets,
    String cardinalityMode,
    Object context,
    List<String> authority,
    String observedAt,
    String evaluatedAt,
    Long decisionWindowMs) {}
