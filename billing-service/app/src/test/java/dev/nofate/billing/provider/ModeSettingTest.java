package dev.nofate.billing.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModeSettingTest {

  @Test
  void servesMock() {
    assertThat(new ModeSetting(() -> "mock").faults()).isEmpty();
  }

  @Test
  void servesProduction() {
    assertThat(new ModeSetting(() -> "production").faults()).isEmpty();
  }

  @Test
  void refusesAnyOtherMode() {
    assertThat(new ModeSetting(() -> "Mock").faults())
        .containsExactly("BILLING_MODE: neither mock nor production");
  }
}
