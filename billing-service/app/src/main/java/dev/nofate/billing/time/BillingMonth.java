package dev.nofate.billing.time;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * A calendar month in UTC, half-open. A ledger entry belongs to the month its period starts in.
 *
 * @param month the month
 */
public record BillingMonth(YearMonth month) {

  private static final Pattern FORM = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])");
  private static final YearMonth FIRST = YearMonth.of(1, 1);

  /** The end of the month behind it has a year of five digits. */
  private static final YearMonth LAST = YearMonth.of(9999, 11);

  /** The month that a time falls into. */
  public static BillingMonth of(Instant time) {
    return new BillingMonth(YearMonth.from(time.atOffset(ZoneOffset.UTC)));
  }

  /**
   * Reads {@code YYYY-MM}.
   *
   * @throws ProblemException 400 when it is something else, or does not begin and end in the years
   *     1 to 9999
   */
  public static BillingMonth parse(String text) {
    if (text == null || !FORM.matcher(text).matches()) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "period is not of the form YYYY-MM");
    }
    YearMonth month = YearMonth.parse(text);
    if (month.isBefore(FIRST) || month.isAfter(LAST)) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "period is not a month from " + FIRST + " to " + LAST);
    }
    return new BillingMonth(month);
  }

  /** First instant of the month. */
  public Instant from() {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** First instant of the next month. */
  public Instant to() {
    return new BillingMonth(month.plusMonths(1)).from();
  }

  @Override
  public String toString() {
    return month.toString();
  }
}
