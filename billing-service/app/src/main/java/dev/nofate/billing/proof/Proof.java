package dev.nofate.billing.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.ledger.LedgerLine;
import dev.nofate.billing.price.PriceView;
import dev.nofate.gate.contract.TenantId;
import java.util.List;

/**
 * Everything that is needed to add a month's bill again from the tenant's chain alone.
 *
 * @param tenantId whose
 * @param period the month, {@code YYYY-MM}
 * @param from first instant of the month, RFC 3339 UTC
 * @param to first instant of the next month
 * @param currency ISO 4217 in lower case
 * @param minorUnitNanousd nano-dollars in a cent
 * @param unitsBefore units of the month's entries before the first one here: where tiers go on
 * @param prices every version that can price a period of the month: the tenant's own and
 *     everybody's, from the last of each that took effect before it
 * @param entries entries whose period starts in the month, in order
 * @param next the value for {@code after} that continues the list, or null at its end
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Proof(
    TenantId tenantId,
    String period,
    String from,
    String to,
    String currency,
    long minorUnitNanousd,
    UsageUnits unitsBefore,
    List<PriceView> prices,
    List<LedgerLine> entries,
    String next) {}
