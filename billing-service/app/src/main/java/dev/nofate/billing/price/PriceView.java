package dev.nofate.billing.price;

import dev.nofate.billing.time.Rfc3339;

/**
 * A version of the price book on the wire; prices in 10⁻⁹ US dollars.
 *
 * @param version counts from 1
 * @param effectiveFrom RFC 3339 UTC
 * @param currency ISO 4217 in lower case
 * @param nanousdPerMibIn per MiB (1,048,576 bytes) of requests
 * @param nanousdPerMibOut per MiB of answers
 * @param nanousdPerGate per gate executed
 * @param nanousdPerAuditEvent per audit event
 */
public record PriceView(
    long version,
    String effectiveFrom,
    String currency,
    long nanousdPerMibIn,
    long nanousdPerMibOut,
    long nanousdPerGate,
    long nanousdPerAuditEvent) {

  static PriceView of(Prices prices) {
    return new PriceView(
        prices.version(),
        Rfc3339.text(prices.effectiveFrom()),
        "usd",
        prices.perMibIn(),
        prices.perMibOut(),
        prices.perGate(),
        prices.perAuditEvent());
  }
}
