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

  /**
   * Reads a period.
   *
   * @throws ProblemException 400 when it is neither form
   */
  public static ReconciliationPeriod parse(String text) {
    if (text != null && HOUR.matcher(text).matches()) {
      try {
        Instant from = Instant.parse(text + ":00:00Z");
        return new ReconciliationPeriod(text, from, from.plus(Duration.ofHours(1)), false);
      } catch (DateTimeException e) {
        throw new ProblemException(
            ErrorCode.BAD_REQUEST, "period is not of the form YYYY-MM or YYYY-MM-DDTHH");
      }
    }
    BillingMonth month = BillingMonth.parse(text);
    return new ReconciliationPeriod(month.toString(), month.from(), month.to(), true);
  }
}
