package dev.nofate.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

  private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(2), Duration.ofHours(1));

  @ParameterizedTest
  @CsvSource({"1,2", "2,4", "3,8", "8,256", "11,2048", "12,3600", "1000,3600"})
  void doublesUpToTheLongestWait(int attempt, long seconds) {
    assertThat(BACK_OFF.after(attempt)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
