package dev.nofate.gate.ruleset;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The version that decides requests which pin none.
 *
 * @param version a published version's number
 */
@Schema(name = "ServedVersion", example = "{\"version\":3}")
public record ServedVersion(@Schema(required = true, minimum = "1") Integer version) {}
