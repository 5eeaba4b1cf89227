package dev.nofate.audit.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.UUID;

/**
 * An event before it has a place in its chain.
 *
 * @param type what happened
 * @param subject the evaluation, key, ruleset or account it happened to, or null
 * @param payload codes, counts and digests; never a proposal's content
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewEvent(EventType type, UUID subject, Map<String, Object> payload) {}
