package dev.nofate.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatenciesTest {

  @ParameterizedTest
  @CsvSource({"50, 50", "95, 95", "99, 99", "100, 100", "0.5, 1", "99.1, 100"})
  void takesTheNearestRankOfAHundred(double percent, double expected) {
    Latencies latencies = new Latencies();
    for (int millis = 100; millis >= 1; millis--) {
      latencies.add(millis * 1_000_000L);
    }

    assertThat(latencies.percentileMillis(percent)).isEqualTo(expected);
  }

  @Test
  void oneSampleIsEveryPercentile() {
    Latencies latencies = new Latencies();
    latencies.add(7_000_000);

    assertThat(latencies.percentileMillis(1)).isEqualTo(7);
    assertThat(latencies.percentileMillis(99)).isEqualTo(7);
  }

  @Test
  void noSampleIsZero() {
    assertThat(new Latencies().percentileMillis(99)).isZero();
  }

  @Test
  void keepsEverySampleBeyondItsFirstCapacity() {
    Latencies some = new Latencies();
    for (int i = 0; i < 10_000; i++) {
      some.add(i);
    }
    Latencies all = new Latencies();
    all.addAll(some);
    all.addAll(some);

    assertThat(all.count()).isEqualTo(20_000);
  }

  @Test
  void refusesWhatIsNoPercentage() {
    assertThatThrownBy(() -> new Latencies().percentileMillis(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Latencies().percentileMillis(101))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
