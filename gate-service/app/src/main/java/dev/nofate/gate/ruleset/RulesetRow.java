package dev.nofate.gate.ruleset;

/**
 * A ruleset version as stored.
 *
 * @param name the ruleset's name
 * @param version counts from 1 within a tenant's name
 * @param digest {@code sha256:} of the document's RFC 8785 form
 * @param publishedAt RFC 3339 UTC
 * @param recorded whether its publication stands in the audit log
 */
record RulesetRow(String name, int version, String digest, String publishedAt, boolean recorded) {}
