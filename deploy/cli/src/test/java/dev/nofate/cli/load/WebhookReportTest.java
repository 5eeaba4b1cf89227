package dev.nofate.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookReportTest {

  private static final LoadPlan PLAN =
      new LoadPlan(8, Duration.ofSeconds(1), Duration.ofSeconds(10));

  @Test
  void saysHowManyWereAnsweredWithinTheBound() {
    WebhookReport report = report(Map.of(), 10, 20, 50, 51);

    assertThat(report.withinShare()).isEqualTo(0.75);
    assertThat(report.deliveries().p50Ms()).isEqualTo(20);
    assertThat(report.deliveries().p99Ms()).isEqualTo(51);
    assertThat(report.deliveries().perSecond()).isEqualTo(0.4);
    assertThat(report.holds()).isTrue();
    assertThat(text(report)).contains("within 50 ms", "75.00 %", "http://gateway");
  }

  @Test
  void roundsNoLateAnswerAway() {
    long[] millis = new long[100_000];
    millis[0] = 51;

    assertThat(report(Map.of(), millis).withinShare()).isEqualTo(0.9999);
    assertThat(report(Map.of(), 1, 2).withinShare()).isEqualTo(1);
  }

  @Test
  void holdsOnlyWhenEveryAnswerWas2xx() {
    WebhookReport report = report(Map.of("status 503", 2), 10);

    assertThat(report.holds()).isFalse();
    assertThat(text(report)).contains("2 × status 503");
    assertThat(report(Map.of()).holds()).isFalse();
  }

  @Test
  void isJsonWithTheSameFigures() throws Exception {
    JsonNode json = Json.MAPPER.readTree(Json.pretty(report(Map.of(), 10, 60)));

    assertThat(json.path("within_ms").asLong()).isEqualTo(50);
    assertThat(json.path("within_share").asDouble()).isEqualTo(0.5);
    assertThat(json.path("repeated_share").asDouble()).isEqualTo(0.1);
    assertThat(json.path("deliveries").path("count").asInt()).isEqualTo(2);
  }

  private static WebhookReport report(Map<String, Integer> unexpected, long... millis) {
    Latencies latencies = new Latencies();
    for (long each : millis) {
      latencies.add(each * 1_000_000);
    }
    return WebhookReport.of("http://gateway", PLAN, new ClosedLoop.Answers(latencies, unexpected));
  }

  private static String text(WebhookReport report) {
    StringWriter text = new StringWriter();
    report.print(new PrintWriter(text, true));
    return text.toString();
  }
}
