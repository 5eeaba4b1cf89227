package dev.nofate.billing.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  @Test
  void writesExactlySixFractionDigits() {
    assertThat(Rfc3339.text(Instant.parse("2026-11-23T10:00:00Z")))
        .isEqualTo("2026-11-23T10:00:00.000000Z");
    assertThat(Rfc3339.text(Instant.parse("2026-11-23T10:00:00.12Z")))
        .isEqualTo("2026-11-23T10:00:00.120000Z");
  }

  @Test
  void writesTheSameUnderEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Rfc3339.text(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000000Z");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void readsWhatItWrites() {
    Instant time = Instant.parse("2026-11-23T10:00:00.123456Z");

    assertThat(Rfc3339.parse(Rfc3339.text(time))).isEqualTo(time);
  }

  @Test
  void hasNoTextForNoTime() {
    assertThat(Rfc3339.text(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-23",
        "2026-11-23T10:00:00",
        "2026-11-23T10:00:00+00:00",
        "2026-11-23T10:00:00.1234567Z",
        "2026-02-30T10:00:00Z",
        "+12026-11-23T10:00:00Z",
        "now"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
