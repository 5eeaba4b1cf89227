package dev.nofate.billing.price;

import dev.nofate.gate.contract.TenantId;
import java.time.Instant;

/**
 * One version of the price book, in nano-dollars (10⁻⁹ US dollars).
 *
 * @param version counts from 1
 * @param tenant the one tenant it is for; null for everybody without prices of its own
 * @param effectiveFrom prices periods that start then or later, until the next version
 * @param bytesIn of requests, per MiB (1,048,576 bytes)
 * @param bytesOut of answers, per MiB
 * @param gates per gate executed
 * @param auditEvents per audit event written
 */
public record Prices(
    long version,
    TenantId tenant,
    Instant effectiveFrom,
    Tariff bytesIn,
    Tariff bytesOut,
    Tariff gates,
    Tariff auditEvents) {

  /** Whether another version says the same of the same periods. */
  boolean isSameOffer(Prices other) {
    return equals(
        new Prices(
            version,
            other.tenant,
            other.effectiveFrom,
            other.bytesIn,
            other.bytesOut,
            other.gates,
            other.auditEvents));
  }
}
