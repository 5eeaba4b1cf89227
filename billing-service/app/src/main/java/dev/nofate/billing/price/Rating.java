package dev.nofate.billing.price;

import dev.nofate.billing.contract.UsageUnits;
import java.math.BigInteger;

/**
 * What units cost, exactly. Prices of bytes are per MiB, so a byte costs a whole number of
 * <em>fractions</em>, 1/1,048,576 of a nano-dollar. The fractions that do not fill a nano-dollar
 * are carried to the tenant's next entry, so nothing is rounded away:
 *
 * <pre>
 * n            = fraction_in + bytes_in × price_in + bytes_out × price_out     (fractions)
 * cost         = ⌊n / 1048576⌋ + gates × price_gate + audit events × price_audit_event
 * fraction_out = n mod 1048576
 * </pre>
 *
 * <p>With tiers, quantity × price is the sum over the tiers that the units fall into, counted from
 * the month's start.
 */
public final class Rating {

  /** The largest number that leaves this service: every JSON reader gets it exactly. */
  public static final long LARGEST = (1L << 53) - 1;

  private static final int FRACTION_BITS = 20;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
  private static final BigInteger LARGEST_COST = BigInteger.valueOf(LARGEST);

  private Rating() {}

  /**
   * Rates units.
   *
   * @param before units of the same calendar month that came before
   * @param fractionIn what the entry before handed on, 0 to 1,048,575
   * @throws ArithmeticException when the cost exceeds {@link #LARGEST}
   */
  public static Rated rate(UsageUnits before, UsageUnits units, Prices prices, int fractionIn) {
    BigInteger fractions =
        BigInteger.valueOf(fractionIn)
            .add(prices.bytesIn().amount(before.bytesIn(), units.bytesIn()))
            .add(prices.bytesOut().amount(before.bytesOut(), units.bytesOut()));
    BigInteger cost =
        fractions
            .shiftRight(FRACTION_BITS)
            .add(prices.gates().amount(before.gatesExecuted(), units.gatesExecuted()))
            .add(prices.auditEvents().amount(before.auditWrites(), units.auditWrites()));
    if (cost.compareTo(LARGEST_COST) > 0) {
      throw new ArithmeticException("the cost exceeds 2^53-1 nano-dollars");
    }
    return new Rated(cost.longValueExact(), (int) (fractions.longValue() & FRACTION_MASK));
  }

  /**
   * What units cost.
   *
   * @param costNanousd whole nano-dollars
   * @param fractionOut what is handed to the next entry, 0 to 1,048,575 fractions
   */
  public record Rated(long costNanousd, int fractionOut) {}
}
