package dev.nofate.billing.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.kit.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconciliationPeriodTest {

  @ParameterizedTest
  @CsvSource({
    "0001-01, 0001-01-01T00:00:00Z, 0001-02-01T00:00:00Z, true",
    "2026-12, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z, true",
    "9999-11, 9999-11-01T00:00:00Z, 9999-12-01T00:00:00Z, true",
    "0001-01-01T00, 0001-01-01T00:00:00Z, 0001-01-01T01:00:00Z, false",
    "9999-12-31T22, 9999-12-31T22:00:00Z, 9999-12-31T23:00:00Z, false"
  })
  void beginsAndEndsInYearsOfFourDigits(String text, String from, String to, boolean month) {
    ReconciliationPeriod period = ReconciliationPeriod.parse(text);

    assertThat(period.from()).hasToString(from);
    assertThat(period.to()).hasToString(to);
    assertThat(period.month()).isEqualTo(month);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000-12", "9999-12"})
  void saysWhichMonthsThereAre(String text) {
    assertThatThrownBy(() -> ReconciliationPeriod.parse(text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().detail())
                    .isEqualTo("period is not a month from 0001-01 to 9999-11"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000-12-31T23", "9999-12-31T23"})
  void saysWhichHoursThereAre(String text) {
    assertThatThrownBy(() -> ReconciliationPeriod.parse(text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().detail())
                    .isEqualTo("period is not an hour from 0001-01-01T00 to 9999-12-31T22"));
  }
}
