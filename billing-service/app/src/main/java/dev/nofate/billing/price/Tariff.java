package dev.nofate.billing.price;

import java.math.BigInteger;
import java.util.List;

/**
 * What one kind of unit costs: graduated tiers of a month's quantity, then one price for the rest.
 * Each unit costs what its place in the month says, so how the month is split into entries does not
 * change the sum.
 *
 * @param tiers ascending; empty when every unit costs the same
 * @param beyond price behind the last tier
 */
public record Tariff(List<Tier> tiers, long beyond) {

  public Tariff {
    tiers = List.copyOf(tiers);
  }

  static Tariff flat(long price) {
    return new Tariff(List.of(), price);
  }

  /**
   * Quantity times price, summed over the tiers that the units fall into.
   *
   * @param before units of the month that came before
   * @param units units to rate
   */
  BigInteger amount(long before, long units) {
    return upTo(Math.addExact(before, units)).subtract(upTo(before));
  }

  private BigInteger upTo(long quantity) {
    BigInteger sum = BigInteger.ZERO;
    long from = 0;
    for (Tier tier : tiers) {
      long to = Math.min(quantity, tier.upTo());
      if (to <= from) {
        return sum;
      }
      sum = sum.add(times(to - from, tier.nanousd()));
      from = to;
    }
    return sum.add(times(quantity - from, beyond));
  }

  private static BigInteger times(long units, long price) {
    return BigInteger.valueOf(units).multiply(BigInteger.valueOf(price));
  }
}
