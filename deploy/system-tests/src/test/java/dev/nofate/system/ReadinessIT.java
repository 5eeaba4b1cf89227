package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.system.suite.Shell;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The production checklist, walked against the running suite. */
@SuiteTest
class ReadinessIT {

  private static final Path ROOT = Path.of(System.getProperty("nofate.root"));
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void eachLineIsAnsweredAndTheResultStandsInTheOperatorsLog(Suite suite) throws IOException {
    Path page = suite.home().resolve("readiness.html");
    JsonNode result = walk(suite, "--html " + page);
    Map<String, String> verdicts = verdicts(result);

    assertThat(verdicts).hasSize(150);
    assertThat(verdicts)
        .as(result.toPrettyString())
        .containsEntry("migrations", "verified")
        .containsEntry("pooling", "verified")
        .containsEntry("minimal-privileges", "verified")
        .containsEntry("log-privileges", "verified")
        .containsEntry("ledger-immutability", "verified")
        .containsEntry("query-plans", "verified")
        .containsEntry("redis", "verified")
        .containsEntry("redis-expiry", "verified")
        .containsEntry("rate-limit", "verified")
        .containsEntry("roles", "verified")
        .containsEntry("authentication-flow", "verified")
        .containsEntry("idempotency", "verified")
        .containsEntry("admin-audit", "verified")
        .containsEntry("verify-chain", "verified")
        .containsEntry("chain-integrity", "verified")
        .containsEntry("billing-calculations", "verified")
        .containsEntry("meter-idempotency", "verified")
        .containsEntry("suspension", "verified")
        .containsEntry("grace-period", "verified")
        .containsEntry("suspension-on-failure", "verified")
        .containsEntry("reactivation-on-payment", "verified")
        .containsEntry("invoice-webhooks", "verified")
        .containsEntry("meter-worker", "verified")
        .containsEntry("invoice-worker", "verified")
        .containsEntry("openapi", "verified")
        .containsEntry("four-states", "verified")
        .containsEntry("deterministic", "verified");
    // A stack for development is none for production, and the report says so.
    assertThat(verdicts)
        .containsEntry("https", "failed")
        .containsEntry("redis-tls", "failed")
        .containsEntry("environment", "failed")
        .containsEntry("billing-mode", "failed")
        .containsEntry("stripe-account", "not_observable")
        .containsEntry("signature-operations", "needs_a_person");

    assertThat(recorded(suite, result.get("digest").textValue())).isEqualTo(1);
    assertThat(Files.readString(page))
        .contains(result.get("digest").textValue(), "Engineering Lead")
        .doesNotContain(suite.file().adminToken())
        .doesNotContain(suite.webhookSecret());
    assertThat(result.toString())
        .doesNotContain(suite.file().adminToken())
        .doesNotContain(suite.webhookSecret());
  }

  @Test
  void fromOutsideNothingIsVerifiedThatCannotBeSeen(Suite suite) throws IOException {
    Path variables = suite.home().resolve("remote.env");
    Files.writeString(variables, "ADMIN_API_KEY=" + suite.file().adminToken() + "\n");
    JsonNode result =
        walk(
            suite,
            "--target %s --env %s".formatted(suite.gatewayUrl(), variables)
                + " --line log-privileges --line redis --line backups --line telemetry --line alerts"
                + " --line secrets --line environment --line idempotency --line accessible"
                + " --line webhook-delivery");
    assertThat(verdicts(result))
        .as(result.toPrettyString())
        .containsEntry("log-privileges", "not_observable")
        .containsEntry("redis", "not_observable")
        .containsEntry("backups", "not_observable")
        .containsEntry("telemetry", "not_observable")
        .containsEntry("alerts", "not_observable")
        .containsEntry("environment", "not_observable")
        .containsEntry("webhook-delivery", "not_observable")
        .containsEntry("idempotency", "verified")
        .containsEntry("accessible", "verified");
    assertThat(recorded(suite, result.get("digest").textValue())).isZero();
  }

  /** Some lines fail in a stack for development, so the command's exit code is 1 or 0. */
  private static JsonNode walk(Suite suite, String options) throws IOException {
    Path file = suite.home().resolve("readiness.json");
    Shell.Result run =
        Shell.run(
            ROOT,
            suite.home(),
            "./nofate readiness --json %s > %s || [ $? = 1 ]".formatted(options, file));
    assertThat(run.exitCode()).as(run.output()).isZero();
    return JSON.readTree(file.toFile());
  }

  private static Map<String, String> verdicts(JsonNode result) {
    Map<String, String> verdicts = new TreeMap<>();
    for (JsonNode line : result.at("/report/lines")) {
      assertThat(verdicts.put(line.get("id").textValue(), line.get("verdict").textValue()))
          .isNull();
    }
    return verdicts;
  }

  private static int recorded(Suite suite, String digest) {
    try (Connection connection = suite.superuser();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT count(*) FROM audit.audit_events WHERE type = 'admin_action' AND payload->>'digest' = ?")) {
      statement.setString(1, digest);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
