package dev.nofate.gate.erasure;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an erasure by subject did.
 *
 * @param erased contents erased by this request
 * @param complete whether none about the subject were left
 */
@Schema(name = "SubjectErased", example = "{\"erased\":3,\"complete\":true}")
public record SubjectErased(int erased, boolean complete) {}
