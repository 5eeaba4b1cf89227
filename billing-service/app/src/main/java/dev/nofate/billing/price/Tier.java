package dev.nofate.billing.price;

/**
 * A quantity a month up to which a unit has a price of its own.
 *
 * @param upTo end of the tier, counted from the start of the calendar month in UTC: bytes, gates or
 *     audit events
 * @param nanousd price within it in 10⁻⁹ US dollars, of bytes per MiB; 0 for an included quantity
 */
public record Tier(long upTo, long nanousd) {}
