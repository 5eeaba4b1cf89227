package dev.nofate.gate.session;

import java.time.Instant;

/**
 * What a session token says, whichever version of claims it was written in.
 *
 * @param subject the person's id at the identity provider
 * @param sessionId the session's id there
 * @param party the origin it was made for, or null
 * @param status {@code active}, {@code pending}, or null
 * @param organization the active organization's id, or null
 * @param role the person's role in it, without {@code org:}, or null
 * @param expiresAt its end
 */
record SessionToken(
    String subject,
    String sessionId,
    String party,
    String status,
    String organization,
    String role,
    Instant expiresAt) {}
