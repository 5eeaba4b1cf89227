package dev.nofate.meter.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodCalendarTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"PT0S", "PT-1H", "PT7H", "PT25H", "PT48H", "PT0.5S", "PT1H0.001S", "PT11S"})
  void refusesAPeriodThatDoesNotDivideADay(String length) {
    assertThatThrownBy(() -> new PeriodCalendar(Duration.parse(length)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("METER_PERIOD is " + Duration.parse(length))
        .hasMessageContaining("divides 24 hours");
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H, 2026-11-23T10:00:00Z,        2026-11-23T10:00:00Z, 2026-11-23T11:00:00Z",
    "PT1H, 2026-11-23T10:59:59.999999Z, 2026-11-23T10:00:00Z, 2026-11-23T11:00:00Z",
    "PT1H, 2026-12-31T23:59:59.999999Z, 2026-12-31T23:00:00Z, 2027-01-01T00:00:00Z",
    "PT5S, 2026-11-23T10:00:04.999999Z, 2026-11-23T10:00:00Z, 2026-11-23T10:00:05Z",
    "P1D,  2028-02-29T12:00:00Z,        2028-02-29T00:00:00Z, 2028-03-01T00:00:00Z",
    "PT6H, 1969-12-31T23:00:00Z,        1969-12-31T18:00:00Z, 1970-01-01T00:00:00Z",
    "PT1H, 2026-03-29T01:30:00Z,        2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z"
  })
  void cutsAtTheSameInstantsForEverybody(String length, Instant at, Instant start, Instant end) {
    assertThat(new PeriodCalendar(Duration.parse(length)).periodOf(at))
        .isEqualTo(new Period(start, end));
  }

  @Test
  void startsWhereTheLedgerEndsWhenPeriodsGrew() {
    PeriodCalendar sixHours = new PeriodCalendar(Duration.ofHours(6));

    assertThat(
            sixHours.periodBehind(
                Instant.parse("2026-11-23T11:30:00Z"), Instant.parse("2026-11-23T11:00:00Z")))
        .isEqualTo(
            new Period(
                Instant.parse("2026-11-23T11:00:00Z"), Instant.parse("2026-11-23T12:00:00Z")));
  }

  @Property
  void everyInstantFallsIntoOnePeriodThatADayIsMadeOf(
      @ForAll("calendars") PeriodCalendar calendar, @ForAll("instants") Instant at) {
    Period period = calendar.periodOf(at);

    assertThat(at).isAfterOrEqualTo(period.start()).isBefore(period.end());
    assertThat(Duration.between(period.start(), period.end())).isEqualTo(calendar.length());
    assertThat(calendar.periodOf(period.end()).start()).isEqualTo(period.end());
    assertThat(period.start().atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay())
        .isEqualTo(
            period.start().atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay()
                / calendar.length().toSeconds()
                * calendar.length().toSeconds());
  }

  @Property
  void aPeriodBehindTheLedgerNeverReachesIntoIt(
      @ForAll("calendars") PeriodCalendar calendar,
      @ForAll("calendars") PeriodCalendar before,
      @ForAll("instants") Instant filed,
      @ForAll("instants") Instant usage) {
    Instant filedUntil = before.periodOf(filed).end();

    Period period = calendar.periodBehind(usage, filedUntil);

    assertThat(period.start()).isAfterOrEqualTo(filedUntil);
    assertThat(usage).isBefore(period.end());
    if (!usage.isBefore(filedUntil)) {
      assertThat(usage).isAfterOrEqualTo(period.start());
    }
    assertThat(period.end()).isEqualTo(calendar.periodOf(period.start()).end());
  }

  @Provide
  Arbitrary<PeriodCalendar> calendars() {
    return Arbitraries.of("PT1S", "PT5S", "PT1M", "PT15M", "PT1H", "PT3H", "PT8H", "PT12H", "PT24H")
        .map(Duration::parse)
        .map(PeriodCalendar::new);
  }

  @Provide
  Arbitrary<Instant> instants() {
    Instant middle = Instant.parse("2026-11-23T00:00:00Z");
    return Arbitraries.longs()
        .between(-200_000_000_000L, 200_000_000_000L)
        .map(micros -> middle.plusNanos(micros * 1000));
  }
}
