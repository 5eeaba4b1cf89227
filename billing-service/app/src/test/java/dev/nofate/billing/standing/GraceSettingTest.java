package dev.nofate.billing.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraceSettingTest {

  @Test
  void takesWholeDays() {
    assertThat(setting("3", null).period()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void letsADurationWinOverTheDays() {
    assertThat(setting("3", "PT5S").period()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "366", "3.5", "three", ""})
  void namesDaysThatAreNone(String days) {
    assertThat(setting(days, null).faults())
        .containsExactly("BILLING_GRACE_PERIOD_DAYS: not a whole number of days from 1 to 365");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "-PT1H", "P366D", "5s", "PT0.5S"})
  void namesADurationThatIsNone(String duration) {
    assertThat(setting("3", duration).faults())
        .containsExactly("BILLING_GRACE_PERIOD: not an ISO-8601 duration from PT1S to P365D");
  }

  private static GraceSetting setting(String days, String duration) {
    return new GraceSetting(new Given(days, Optional.ofNullable(duration)));
  }

  private record Given(String periodDays, Optional<String> period) implements GraceConfig {}
}
