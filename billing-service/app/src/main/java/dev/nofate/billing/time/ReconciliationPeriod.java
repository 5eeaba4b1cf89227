package dev.nofate.billing.time;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A calendar month or one hour, in UTC and half-open.
 *
 * @param text {@code YYYY-MM} or {@code YYYY-MM-DDTHH}
 * @param from first instant
 * @param to first instant behind it
 * @param month whether it is a month
 */
public record ReconciliationPeriod(String text, Instant from, Instant to, boolean month) {

  private static final Pattern HOUR =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3])");

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  /** The end of the hour behind it has a year of five digits. */
  private static final Instant LAST = Instant.parse("9999-12-31T22:00:00Z");

  /**
   * Reads a period.
   *
   * @throws ProblemException 400 when it is neither form, or does not begin and end in the years 1
   *     to 9999
   */
  public static ReconciliationPeriod parse(String text) {
    if (text != null && HOUR.matcher(text).matches()) {
      return hour(text);
    }
    BillingMonth month = BillingMonth.parse(text);
    return new ReconciliationPeriod(month.toString(), month.from(), month.to(), true);
  }

  private static ReconciliationPeriod hour(String text) {
    Instant from;
    try {
      from = Instant.parse(text + ":00:00Z");
    } catch (DateTimeException e) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "period is not of the form YYYY-MM or YYYY-MM-DDTHH");
    }
    if (from.isBefore(FIRST) || from.isAfter(LAST)) {
      throw new ProblemException(
          ErrorCode.BAD_REQUEST, "period is not an hour from 0001-01-01T00 to 9999-12-31T22");
    }
    return new ReconciliationPeriod(text, from, from.plus(Duration.ofHours(1)), false);
  }
}
