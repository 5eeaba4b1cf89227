package dev.nofate.checks.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.nofate.checks.Repository;
import dev.nofate.checks.Yaml;
import dev.nofate.checks.runbook.Anchors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RulesTest {

  private static final Path DOCKER = Repository.path("deploy/docker");
  private static final String RUNBOOKS =
      "https://github.com/nofate/nofate/blob/main/deploy/runbooks/";

  /** What the production checklist and the issue ask to be told of, with the thresholds. */
  private static final Map<String, String> ASKED_FOR =
      Map.ofEntries(
          Map.entry("NofateApiErrorRate", "> 0.01"),
          Map.entry("NofateApiLatency", "> 1"),
          Map.entry("NofateDatabasePoolExhausted", "sql_pool_ratio) >= 1"),
          Map.entry("NofateRedisFailures", "redis_commands_failure_total"),
          Map.entry("NofateWebhookFailures", "webhook_events_parked_total"),
          Map.entry("NofateChainIntegrity", "differing) > 0"),
          Map.entry("NofateWorkerFailures", "nofate_invoice_failures_total"),
          Map.entry("NofateReconciliationDifference", "differences) > 0"),
          Map.entry("NofateBackupAge", "> 26 * 3600"),
          Map.entry("NofateCheckpointAge", "> 600"),
          Map.entry("NofateServiceMissing", "absent(up{job=\"invoice-worker\"})"),
          Map.entry("NofateServiceNotReady", "nofate_ready == 0"),
          Map.entry("NofateAuditorBehind", "> 6 * 3600"),
          Map.entry("NofateWebhooksWait", "> 900"),
          Map.entry("NofateLogOwed", "> 900"),
          Map.entry("NofateUsageUnreported", "> 3600"),
          Map.entry("NofateSubscriptionsEnded", "subscriptions_ended) > 0"),
          Map.entry("NofateInvoicesNotFinalized", "not_finalized) > 0"),
          Map.entry("NofateUnbilled", "unbilled_cents) > 0"),
          Map.entry("NofateSubscriptionsUntaxed", "subscriptions_untaxed) > 0"),
          Map.entry("NofatePollFailures", "poll_failures_total"),
          Map.entry("NofateEntriesUncounted", "uncounted"));

  private final List<Rules.Rule> rules = Rules.all();

  @Test
  void everyAlertThatIsAskedForIsThereWithItsThreshold() {
    Map<String, String> expressions =
        rules.stream().collect(Collectors.toMap(Rules.Rule::alert, Rules.Rule::expr));
    ASKED_FOR.forEach(
        (alert, threshold) -> assertThat(expressions.get(alert)).as(alert).contains(threshold));
  }

  @Test
  void everyAlertSaysHowBadItIsWhatIsSeenAndWhatToDo() {
    for (Rules.Rule rule : rules) {
      assertThat(rule.alert()).startsWith("Nofate");
      assertThat(rule.lasting()).as(rule.alert()).matches("[0-9]+m");
      assertThat(rule.labels()).as(rule.alert()).containsOnlyKeys("severity");
      assertThat(rule.labels().get("severity")).isIn("critical", "warning");
      assertThat(rule.annotations()).containsOnlyKeys("summary", "runbook_url");
      String url = rule.annotations().get("runbook_url");
      assertThat(url).startsWith(RUNBOOKS);
      assertThat(Anchors.resolves(url.substring(RUNBOOKS.length()))).as(url).isTrue();
      assertThat(rule.expr()).as("no tenant in %s", rule.alert()).doesNotContain("tenant");
    }
  }

  @Test
  void everyAlertHasSeriesOnWhichItFiresAndOnWhichItDoesNot() {
    Set<String> firing = alerts(true);
    Set<String> silent = alerts(false);
    for (Rules.Rule rule : rules) {
      assertThat(firing).contains(rule.alert());
      assertThat(silent).contains(rule.alert());
    }
  }

  @Test
  void kubernetesGetsTheSameRules() {
    ArrayNode plain = Yaml.tree(Rules.FILE).get("groups").deepCopy();
    Yaml.tree(Rules.BACKUP).get("groups").forEach(plain::add);
    JsonNode custom = Yaml.tree(Repository.path("deploy/observability/prometheus-rule.yaml"));
    assertThat(custom.at("/spec/groups")).isEqualTo(plain);
  }

  @Test
  void theStackInDockerLoadsNothingAboutPartsThatItDoesNotHave() {
    JsonNode files = Yaml.tree(DOCKER.resolve("prometheus/prometheus.yaml")).get("rule_files");
    assertThat(files).hasSize(1);
    assertThat(files.get(0).asText()).endsWith("/nofate.yaml");
    assertThat(Repository.text(DOCKER.resolve("compose.yaml"))).doesNotContain("rules/backup.yaml");
    assertThat(Repository.text(Rules.FILE)).doesNotContain("barman_", "cnpg_");
  }

  /**
   * Evaluates the series with Prometheus's own promtool, which no Maven jar carries: with {@code
   * -Dpromtool=/usr/bin/promtool} it has to be there and to agree.
   */
  @Test
  void promtoolAgrees() throws IOException, InterruptedException {
    String promtool = System.getProperty("promtool", "");
    if (promtool.isEmpty()) {
      assertThat(Repository.text(Repository.path(".github/workflows/verify.yml")))
          .as("the workflow evaluates them where promtool is installed")
          .contains("-Dpromtool=/usr/bin/promtool");
      return;
    }
    Process process =
        new ProcessBuilder(promtool, "test", "rules", Rules.TESTS.getFileName().toString())
            .directory(Rules.TESTS.getParent().toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static Set<String> alerts(boolean firing) {
    Map<String, Boolean> seen = new TreeMap<>();
    Rules.expectations().stream()
        .filter(expectation -> expectation.alerts().isEmpty() != firing)
        .forEach(expectation -> seen.put(expectation.alertname(), true));
    return seen.keySet();
  }
}
