package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.system.suite.Expressions;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What rules and dashboards ask for is what the running suite says. */
@SuiteTest
class ScrapeIT {

  /** Told by Prometheus itself, by CloudNativePG and by its backup plugin. */
  private static final Set<String> TOLD_BY_OTHERS =
      Set.of(
          "up",
          "cnpg_pg_stat_archiver_failed_count",
          "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp");

  @Test
  void everyMetricOfARuleOrAPanelExists(Suite suite) {
    Set<String> asked =
        Expressions.metricsUnder(
            Path.of(System.getProperty("nofate.root"), "deploy/observability"));
    assertThat(asked).hasSizeGreaterThan(25).containsAll(TOLD_BY_OTHERS);
    asked.removeAll(TOLD_BY_OTHERS);
    Tenant tenant = suite.tenant().withRuleset();
    tenant.evaluate(Proposals.transfer(5)).then().statusCode(200);
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(missing(suite, asked)).isEmpty());
  }

  private static Set<String> missing(Suite suite, Set<String> asked) {
    Set<String> there = new TreeSet<>();
    for (String service : suite.file().services().keySet()) {
      there.addAll(names(RestAssured.get(suite.serviceUrl(service) + "/q/metrics").asString()));
    }
    Set<String> missing = new TreeSet<>(asked);
    missing.removeAll(there);
    return missing;
  }

  private static Set<String> names(String scrape) {
    return scrape
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toSet());
  }
}
