package dev.nofate.gate.erasure;

import dev.nofate.gate.contract.TenantId;
import java.util.Optional;
import java.util.UUID;

/**
 * A content that is gone.
 *
 * @param tenant whose
 * @param evaluation whose content it was
 * @param reason {@code request}, {@code subject} or {@code retention}
 * @param actor the key that asked for it; empty for retention
 * @param erasedAt RFC 3339 UTC
 * @param recorded whether the log has its event
 */
record Erasure(
    TenantId tenant,
    UUID evaluation,
    String reason,
    Optional<UUID> actor,
    String erasedAt,
    boolean recorded) {}
