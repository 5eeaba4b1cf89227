package dev.nofate.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeEventTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsIdAndTypeAndKeepsThePayloadAsItIs() {
    String payload = "{ \"type\" : \"v1.billing.meter.error_report_triggered\", \"id\":\"evt_1\" }";

    assertThat(StripeEvent.read(JSON, payload))
        .contains(new StripeEvent("evt_1", "v1.billing.meter.error_report_triggered", payload));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "true",
        "[]",
        "{}",
        "\"evt_1\"",
        "{\"id\":\"evt_1\"}",
        "{",
        "\u0000",
        "{\"id\":\"in_1\",\"type\":\"invoice.paid\"}",
        "{\"id\":1,\"type\":\"invoice.paid\"}",
        "{\"id\":\"evt_1\",\"type\":\"Invoice Paid\"}",
        "{\"id\":\"evt_\\u0000\",\"type\":\"a\"}",
        "{\"id\":[\"evt_1\"],\"type\":\"a\"}"
      })
  void seesNoEventInAnythingElse(String payload) {
    assertThat(StripeEvent.read(JSON, payload)).isEmpty();
  }

  @Test
  void hasNoTextForBytesThatAreNotUtf8() {
    assertThat(StripeEvent.text(new byte[] {(byte) 0xc3, 0x28})).isEmpty();
    assertThat(StripeEvent.text("é".getBytes(StandardCharsets.UTF_8))).contains("é");
  }

  @Test
  void keepsThePayloadOutOfItsOwnText() {
    assertThat(new StripeEvent("evt_1", "a", "secret")).asString().doesNotContain("secret");
  }
}
