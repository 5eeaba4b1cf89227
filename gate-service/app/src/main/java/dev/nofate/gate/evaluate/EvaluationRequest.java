package dev.nofate.gate.evaluate;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of a forward evaluation, for the OpenAPI document: the engine reads the bytes itself.
 *
 * @param ruleset {@code name}, {@code name@version} or {@code name@sha256:…}
 * @param proposal any JSON value
 * @param context any JSON value; may be absent
 * @param authority compact JWS grants; may be absent
 * @param observedAt RFC 3339; may be absent
 * @param evaluatedAt RFC 3339
 * @param decisionWindowMs in milliseconds; may be absent
 */
@Schema(
    name = "EvaluationRequest",
    requiredProperties = {"ruleset", "proposal", "evaluated_at"})
public record EvaluationRequest(
    String ruleset,
    Object proposal,
    Object context,
    List<String> authority,
    String observedAt,
    String evaluatedAt,
    Long decisionWindowMs) {}
