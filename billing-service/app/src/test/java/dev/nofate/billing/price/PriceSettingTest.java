package dev.nofate.billing.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceSettingTest {

  @Test
  void makesTheFirstVersionOfCents() {
    PriceSetting setting = new PriceSetting(new Given("10", "15.5", "0.0000001", "0"));

    assertThat(setting.faults()).isEmpty();
    assertThat(setting.first())
        .isEqualTo(
            new Prices(
                1,
                null,
                Instant.EPOCH,
                Tariff.flat(100_000_000),
                Tariff.flat(155_000_000),
                Tariff.flat(1),
                Tariff.flat(0)));
  }

  @Test
  void namesEveryFaultyPriceAtOnce() {
    PriceSetting setting = new PriceSetting(new Given("-1", "ten", "1", "1e3"));

    assertThat(setting.faults())
        .containsExactly(
            "PRICE_PER_AUDIT_EVENT: not US cents with at most 7 decimals",
            "PRICE_PER_MB_IN: not US cents with at most 7 decimals",
            "PRICE_PER_MB_OUT: not US cents with at most 7 decimals");
  }

  @ParameterizedTest
  @CsvSource({"1,10000000", "0.5,5000000", "99999999.9999999,999999999999999", "007,70000000"})
  void readsCentsExactly(String cents, long nanousd) {
    assertThat(Cents.toNanousd(cents)).isEqualTo(nanousd);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1,5", ".5", "1.", "+1", "1.00000001", "123456789", "٣", "1f"})
  void refusesWhatIsNotCents(String cents) {
    assertThat(new PriceSetting(new Given(cents, "1", "1", "1")).faults()).hasSize(1);
  }

  private record Given(String perMibIn, String perMibOut, String perGate, String perAuditEvent)
      implements PriceConfig {}
}
