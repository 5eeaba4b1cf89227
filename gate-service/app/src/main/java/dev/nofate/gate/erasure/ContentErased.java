package dev.nofate.gate.erasure;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An evaluation whose content is gone and whose erasure stands in the log.
 *
 * @param evaluationId the evaluation
 * @param reason {@code request}, {@code subject} or {@code retention}
 * @param erasedAt RFC 3339 UTC
 */
@Schema(
    name = "ContentErased",
    example =
        """
        {"evaluation_id":"0b6f6f0e-55a1-8f6e-9c0e-4f8f2f5f1f10","reason":"request",
         "erased_at":"2026-11-23T10:00:00.000000Z"}""")
public record ContentErased(UUID evaluationId, String reason, String erasedAt) {}
