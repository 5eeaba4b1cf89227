package dev.nofate.billing.price;

import java.time.Instant;

/**
 * One version of the price book, in nano-dollars (10⁻⁹ US dollars).
 *
 * @param version counts from 1
 * @param effectiveFrom prices periods that start then or later, until the next version
 * @param perMibIn per MiB (1,048,576 bytes) of requests
 * @param perMibOut per MiB of answers
 * @param perGate per gate executed
 * @param perAuditEvent per audit event written
 */
public record Prices(
    long version,
    Instant effectiveFrom,
    long perMibIn,
    long perMibOut,
    long perGate,
    long perAuditEvent) {}
