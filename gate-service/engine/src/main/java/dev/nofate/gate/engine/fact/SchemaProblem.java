package dev.nofate.gate.engine.fact;

/**
 * Why a document is no usable fact schema.
 *
 * @param pointer JSON Pointer (RFC 6901) from the schema's root
 * @param observed what was observed, as a statement
 */
public record SchemaProblem(String pointer, String observed) {}
