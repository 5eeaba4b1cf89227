package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.system.suite.Shell;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stripe's webhooks under load. */
@SuiteTest
class WebhookLoadIT {

  private static final String BUCKET = "nofate_billing_webhook_handling_seconds_bucket{le=\"0.05\"";

  @Test
  void everyWebhookIsAnswered2xxAndEndsQuietly(Suite suite) throws Exception {
    Shell.Result result =
        Shell.run(
            Path.of(System.getProperty("nofate.root")),
            suite.home(),
            "./nofate load --webhooks --json --concurrency=4 --warmup=PT1S --duration=PT2S");

    assertThat(result.exitCode()).as(result.output()).isZero();
    JsonNode report =
        new ObjectMapper().readTree(result.output().substring(result.output().indexOf('{')));
    assertThat(report.at("/deliveries/unexpected")).isEmpty();
    assertThat(report.at("/deliveries/count").asInt()).isGreaterThan(10);
    assertThat(report.path("within_share").asDouble()).isBetween(0.01, 1.0);
    assertThat(RestAssured.get(suite.serviceUrl("billing-service") + "/q/metrics").asString())
        .contains(BUCKET);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(count(suite, "state <> 'DONE'")).isZero());
    assertThat(count(suite, "state = 'DONE' AND last_failure IS NULL")).isPositive();
    assertThat(count(suite, "last_failure IS NOT NULL")).isZero();
  }

  private static long count(Suite suite, String condition) throws SQLException {
    try (Connection connection = suite.superuser();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM billing.stripe_events WHERE event_id LIKE 'evt\\_load%' AND "
                    + condition)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
