package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** I6 and I7: from the chain to the ledger without gap or overlap. */
@SuiteTest
class LedgerIT {

  private static final Map<String, String> UNITS =
      Map.of(
          "bytes_in", "bytes_in",
          "bytes_out", "bytes_out",
          "gates_executed", "gates_executed",
          "audit_writes", "audit_writes");

  @Test
  void theCompletenessIdentityHoldsForClosedPeriods(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    for (int i = 0; i < 12; i++) {
      tenant.evaluate(Proposals.transfer(i * 1000)).then().statusCode(200);
    }
    exact(tenant, 12);
    for (int i = 0; i < 5; i++) {
      tenant.evaluate("no json " + i).then().statusCode(200);
    }
    exact(tenant, 17);
  }

  /** Waits until that many evaluations are in the ledger, then adds everything again. */
  static void exact(Tenant tenant, int evaluations) {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> sum(tenant.ledger(), "/units/evaluations") >= evaluations);
    List<JsonNode> ledger = tenant.ledger();
    List<JsonNode> usage = tenant.events("usage_recorded");
    assertThat(usage).hasSize(evaluations);
    assertThat(tenant.events("response_emitted")).hasSize(evaluations);
    assertThat(sum(ledger, "/units/evaluations")).isEqualTo(evaluations);
    UNITS.forEach(
        (unit, member) ->
            assertThat(sum(ledger, "/units/" + member))
                .as(unit)
                .isEqualTo(sum(usage, "/payload/" + unit)));
    long next = 1;
    for (JsonNode entry : ledger) {
      assertThat(entry.get("first_seq").asLong()).isEqualTo(next);
      next = entry.get("last_seq").asLong() + 1;
    }
  }

  private static long sum(List<JsonNode> nodes, String pointer) {
    return nodes.stream().mapToLong(node -> node.at(pointer).asLong()).sum();
  }
}
