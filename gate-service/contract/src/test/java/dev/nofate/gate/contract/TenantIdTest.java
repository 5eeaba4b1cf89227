package dev.nofate.gate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TenantIdTest {

  @Test
  void readsTheLowerCaseFormOnly() {
    String text = "018f3f6e-7c1a-7000-8000-000000000001";
    assertThat(TenantId.of(text)).hasToString(text);
    assertThatThrownBy(() -> TenantId.of(text.toUpperCase(java.util.Locale.ROOT)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TenantId.of("1-1-1-1-1")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLenientFormStillIsAUuid() {
    assertThat(TenantId.lenient("018F3F6E-7C1A-7000-8000-000000000001"))
        .hasToString("018f3f6e-7c1a-7000-8000-000000000001");
    assertThatThrownBy(() -> TenantId.lenient("x")).isInstanceOf(IllegalArgumentException.class);
  }
}
