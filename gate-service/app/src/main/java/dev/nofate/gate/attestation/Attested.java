package dev.nofate.gate.attestation;

/**
 * Where an attestation stands.
 *
 * @param about as requested
 * @param digest as requested
 * @param seq of its event in the operator's chain
 * @param at time of its event, RFC 3339 UTC
 */
public record Attested(String about, String digest, long seq, String at) {}
