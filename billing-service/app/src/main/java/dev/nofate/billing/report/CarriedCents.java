package dev.nofate.billing.report;

/**
 * The one place where money is rounded: whole cents are reported, the rest is carried to the next
 * entry, so that over all entries nothing is lost:
 *
 * <pre>
 * quantity_cents = ⌊(carried_in + cost) / 10,000,000⌋        carried_out = (carried_in + cost) mod 10,000,000
 * </pre>
 *
 * @param quantityCents whole US cents to report
 * @param carriedInNanousd remainder of the entries before
 * @param carriedOutNanousd remainder handed to the next entry, less than a cent
 */
record CarriedCents(long quantityCents, long carriedInNanousd, long carriedOutNanousd) {

  static final long NANOUSD_PER_CENT = 10_000_000;

  static CarriedCents of(long costNanousd, long carriedInNanousd) {
    long due = Math.addExact(costNanousd, carriedInNanousd);
    return new CarriedCents(
        Math.floorDiv(due, NANOUSD_PER_CENT),
        carriedInNanousd,
        Math.floorMod(due, NANOUSD_PER_CENT));
  }
}
