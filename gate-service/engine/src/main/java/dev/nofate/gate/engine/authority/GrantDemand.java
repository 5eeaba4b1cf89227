package dev.nofate.gate.engine.authority;

import java.time.Instant;

/**
 * What a grant is held against.
 *
 * @param tenant the tenant's id
 * @param proposalDigest {@code sha256:} of the RFC 8785 form of the proposal
 * @param evaluatedAt the time the request is evaluated at
 */
public record GrantDemand(String tenant, String proposalDigest, Instant evaluatedAt) {}
