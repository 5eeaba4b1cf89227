package dev.nofate.audit.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.gate.contract.TenantId;
import java.util.List;
import java.util.UUID;

/**
 * Events to append to one chain, all or none.
 *
 * @param appendId idempotency id within the tenant: the same id again changes nothing and answers
 *     with what was recorded the first time
 * @param tenant whose chain
 * @param events at least one, in order; they get consecutive {@code seq}s
 * @param notBefore RFC 3339 UTC: the append is refused (425 {@code TOO_EARLY}) while the log's
 *     clock is before it; null when it does not matter
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AppendRequest(
    UUID appendId, TenantId tenant, List<NewEvent> events, String notBefore) {}
