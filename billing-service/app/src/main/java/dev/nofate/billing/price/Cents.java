package dev.nofate.billing.price;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Prices as operators write them: US cents, decimals allowed. */
final class Cents {

  /** Nano-dollars in a cent are 10 to this power. */
  private static final int DECIMALS = 7;

  private static final Pattern FORM = Pattern.compile("[0-9]{1,8}(\\.[0-9]{1," + DECIMALS + "})?");

  private Cents() {}

  /**
   * The price in nano-dollars, exactly.
   *
   * @throws IllegalArgumentException when it is not a decimal of at most 8 digits before and 7
   *     after the point
   */
  static long toNanousd(String cents) {
    if (!FORM.matcher(cents).matches()) {
      throw new IllegalArgumentException("not US cents with at most 7 decimals");
    }
    return new BigDecimal(cents).movePointRight(DECIMALS).longValueExact();
  }
}
