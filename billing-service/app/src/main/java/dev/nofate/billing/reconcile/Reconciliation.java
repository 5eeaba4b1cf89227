package dev.nofate.billing.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.billing.reconcile.Check.Verdict;
import dev.nofate.gate.contract.TenantId;
import java.util.List;

/**
 * Whether a period adds up, from the answers to the invoice.
 *
 * @param tenantId whose
 * @param period {@code YYYY-MM} or {@code YYYY-MM-DDTHH}
 * @param from first instant, RFC 3339 UTC
 * @param to first instant behind it
 * @param currency ISO 4217 in lower case
 * @param entries ledger entries whose period starts in it
 * @param entriesCounted how many of them were compared with their chain range
 * @param entriesReported how many of them are reported
 * @param countedAt when the oldest of the comparisons was made, RFC 3339 UTC; null without one
 * @param carriedInNanousd what the entries before left of a cent
 * @param carriedOutNanousd what the last report hands on: carried forward, in no invoice yet
 * @param verdict of all checks together
 * @param checks each with its figures and their sources
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Reconciliation(
    TenantId tenantId,
    String period,
    String from,
    String to,
    String currency,
    long entries,
    long entriesCounted,
    long entriesReported,
    String countedAt,
    long carriedInNanousd,
    long carriedOutNanousd,
    Verdict verdict,
    List<Check> checks) {}
