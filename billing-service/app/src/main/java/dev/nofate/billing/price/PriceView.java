package dev.nofate.billing.price;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.TenantId;

/**
 * A version of the price book on the wire; prices in 10⁻⁹ US dollars.
 *
 * @param version counts from 1
 * @param tenantId the one tenant it is for; null for everybody without prices of its own
 * @param effectiveFrom RFC 3339 UTC
 * @param currency ISO 4217 in lower case
 * @param minorUnitNanousd what is reported is a multiple of it: a cent
 * @param nanousdPerMibIn per MiB (1,048,576 bytes) of requests, behind the last tier
 * @param nanousdPerMibOut per MiB of answers
 * @param nanousdPerGate per gate executed
 * @param nanousdPerAuditEvent per audit event
 * @param tiers quantities a month with prices of their own
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PriceView(
    long version,
    TenantId tenantId,
    String effectiveFrom,
    String currency,
    long minorUnitNanousd,
    long nanousdPerMibIn,
    long nanousdPerMibOut,
    long nanousdPerGate,
    long nanousdPerAuditEvent,
    Tiers tiers) {

  private static final long NANOUSD_PER_CENT = 10_000_000;

  public static PriceView of(Prices prices) {
    return new PriceView(
        prices.version(),
        prices.tenant(),
        Rfc3339.text(prices.effectiveFrom()),
        "usd",
        NANOUSD_PER_CENT,
        prices.bytesIn().beyond(),
        prices.bytesOut().beyond(),
        prices.gates().beyond(),
        prices.auditEvents().beyond(),
        Tiers.of(prices));
  }
}
