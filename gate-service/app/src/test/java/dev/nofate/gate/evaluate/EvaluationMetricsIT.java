package dev.nofate.gate.evaluate;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@GateTest
class EvaluationMetricsIT {

  @Test
  void countsStatesAndGatesWithoutNamingATenant() {
    Client client = Client.fresh().withRuleset();
    double violations = value("nofate_evaluations_total\\{state=\"DETERMINISTIC_VIOLATION\"}");
    double failures = value(failure("rules", "RULE_VIOLATION"));
    String key = Client.freshKey();
    client.evaluate(key, Client.transfer(9000)).then().statusCode(200);
    client.evaluate(key, Client.transfer(9000)).then().statusCode(422);
    assertThat(value("nofate_evaluations_total\\{state=\"DETERMINISTIC_VIOLATION\"}"))
        .isEqualTo(violations + 1);
    assertThat(value(failure("rules", "RULE_VIOLATION"))).isEqualTo(failures + 1);
    assertThat(scrape()).doesNotContain(client.tenant());
  }

  @Test
  void everySeriesIsThereBeforeItIsCounted() {
    assertThat(value("nofate_evaluations_total\\{state=\"INVALID_INPUT\"}")).isNotNegative();
    assertThat(value(failure("validity", "NOT_REPRODUCIBLE"))).isZero();
    assertThat(value("nofate_admission_without_redis_total")).isNotNegative();
  }

  @Test
  void requestsHaveAHistogramWithTheBoundThatAlertsAreAbout() {
    given().get("/.well-known/no-fate").then().statusCode(200);
    assertThat(scrape()).containsPattern("http_server_requests_seconds_bucket\\{[^}]*le=\"1.0\"");
  }

  private static String failure(String gate, String code) {
    return "nofate_gates_total\\{code=\"%s\",gate=\"%s\",outcome=\"failed\"}".formatted(code, gate);
  }

  private static double value(String series) {
    Matcher line = Pattern.compile("(?m)^" + series + " (\\S+)$").matcher(scrape());
    assertThat(line.find()).as("a line for %s", series).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private static String scrape() {
    return given().get("/q/metrics").then().statusCode(200).extract().asString();
  }
}
