package dev.nofate.meter.period;

import java.time.Duration;
import java.time.Instant;

/**
 * Cuts UTC days into equal half-open periods. A day always starts a period, so that a boundary is
 * the same for everybody, in every time zone and every year.
 *
 * @param length of a period: whole seconds, from one second to 24 hours, dividing 24 hours
 */
public record PeriodCalendar(Duration length) {

  private static final Duration DAY = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException when a day is not a whole number of such periods
   */
  public PeriodCalendar {
    if (length.getNano() != 0
        || length.isNegative()
        || length.isZero()
        || DAY.getSeconds() % length.getSeconds() != 0) {
      throw new IllegalArgumentException(
          "METER_PERIOD is "
              + length
              + "; a period is a whole number of seconds that divides 24 hours, such as PT1H");
    }
  }

  /** The period that an instant falls into. */
  public Period periodOf(Instant at) {
    long start = Math.floorDiv(at.getEpochSecond(), length.getSeconds()) * length.getSeconds();
    return new Period(
        Instant.ofEpochSecond(start), Instant.ofEpochSecond(start + length.getSeconds()));
  }

  /**
   * The period that usage falls into when everything before {@code filedUntil} is filed already.
   *
   * <p>Normally that is {@link #periodOf}. After {@code METER_PERIOD} grew, the calendar's period
   * may have started inside a filed one; it then starts where the ledger ends, so that periods
   * never overlap whatever the lengths were.
   *
   * @param usageAt time of the first usage that is not filed
   * @param filedUntil end of the last filed period
   */
  public Period periodBehind(Instant usageAt, Instant filedUntil) {
    Period period = periodOf(usageAt.isBefore(filedUntil) ? filedUntil : usageAt);
    return period.start().isBefore(filedUntil) ? new Period(filedUntil, period.end()) : period;
  }
}
