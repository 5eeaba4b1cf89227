package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import dev.nofate.system.suite.TraceSink.Seen;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One trace, from the gateway to the database and to the worker that billed it. */
@SuiteTest
class TracesIT {

  /** Spans are exported in batches, and the period has to end first. */
  private static final Duration BILLED = Suite.METER_PERIOD.plusSeconds(110);

  private static final String PLANTED = "planted-trace-5c1e";

  @Test
  void anEvaluationIsOneTraceFromTheGatewayToTheWorkerThatBilledIt(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    String trace = UUID.randomUUID().toString().replace("-", "");
    String client = "00f067aa0ba902b7";
    String key = "key-" + PLANTED;
    tenant
        .request()
        .header("traceparent", "00-" + trace + "-" + client + "-01")
        .header("Idempotency-Key", key)
        .body(Proposals.transfer(7).replace("EUR", PLANTED))
        .post("/v1/evaluations/forward")
        .then()
        .statusCode(200);

    await()
        .atMost(BILLED)
        .untilAsserted(
            () ->
                assertThat(suite.traces().trace(trace))
                    .extracting(Seen::service)
                    .contains(
                        "gateway",
                        "gate-service",
                        "audit-service",
                        "meter-worker",
                        "billing-service"));
    // Each service sends its spans when it has gathered some.
    await()
        .atMost(BILLED)
        .untilAsserted(
            () ->
                assertThat(statements(suite.traces().trace(trace), "billing-service"))
                    .anyMatch(sql -> sql.contains("INSERT INTO usage_ledger")));
    await().atMost(BILLED).until(() -> isConnected(suite.traces().trace(trace), client));
    List<Seen> spans = suite.traces().trace(trace);

    assertThat(statements(spans, "gate-service")).anyMatch(sql -> sql.contains("evaluations"));
    assertThat(statements(spans, "audit-service"))
        .anyMatch(sql -> sql.contains("INSERT INTO audit_events"));
    Seen filed =
        spans.stream().filter(seen -> seen.span().getName().equals("file usage")).findFirst().get();
    assertThat(filed.service()).isEqualTo("meter-worker");
    assertThat(filed.links()).contains(trace);
    assertThat(filed.attribute("nofate.tenant")).isEqualTo(tenant.id());

    assertThat(suite.traces().spans().toString())
        .as("no content, key or secret in an attribute")
        .doesNotContain(PLANTED)
        .doesNotContain(tenant.key())
        .doesNotContain(suite.file().adminToken())
        .doesNotContain(suite.webhookSecret());
  }

  /** Whether every span's parent is in the trace too; the first one's is the client's. */
  private static boolean isConnected(List<Seen> spans, String client) {
    Set<String> known = new HashSet<>(Set.of(client));
    spans.forEach(seen -> known.add(seen.id()));
    return spans.stream().allMatch(seen -> known.contains(seen.parent()));
  }

  private static List<String> statements(List<Seen> spans, String service) {
    return spans.stream()
        .filter(seen -> seen.service().equals(service))
        .map(seen -> seen.attribute("db.query.text") + seen.attribute("db.statement"))
        .filter(sql -> !sql.isEmpty())
        .toList();
  }
}
