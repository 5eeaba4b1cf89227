package dev.nofate.billing.contract;

/**
 * What was reported for one entry.
 *
 * @param quantityCents whole cents reported: cost plus the remainder carried in, rounded down
 * @param carriedInNanousd remainder of the entries before, in 10⁻⁹ US dollars
 * @param carriedOutNanousd remainder handed to the next entry, in 10⁻⁹ US dollars
 * @param mode {@code mock} or {@code production}
 * @param reportedAt RFC 3339 UTC
 */
public record UsageReport(
    long quantityCents,
    long carriedInNanousd,
    long carriedOutNanousd,
    String mode,
    String reportedAt) {}
