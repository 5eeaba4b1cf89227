package dev.nofate.billing.reconcile;

import static dev.nofate.billing.standin.Calls.as;
import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.meter;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.reader;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.GateStandIn;
import dev.nofate.billing.standin.ShiftedClock;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@BillingParts
class ReconciliationIT {

  @Inject ShiftedClock clock;
  @Inject DifferenceGauges gauges;

  private TenantId tenant;

  @BeforeEach
  void nothingElseIsDue() {
    Database.tamper("DELETE FROM recounts_due");
    tenant = newAccount();
  }

  @AfterEach
  void backToThePresent() {
    clock.reset();
  }

  @Test
  void anHourAddsUpOnceItWasCountedAndReported() {
    file(tenant, draft(tenant, 10, 1, 1, 234)).statusCode(200);
    reconcile("2026-11-23T10")
        .body("verdict", equalTo("NOT_OBSERVED"))
        .body("entries", equalTo(1))
        .body("entries_counted", equalTo(0))
        .body("counted_at", nullValue());

    report(tenant, 1).statusCode(200);
    count(1, 1, 1, 1, 234).statusCode(204);

    reconcile("2026-11-23T10")
        .body("verdict", equalTo("EQUAL"))
        .body("checks.name", not(hasItem("log_end")))
        .body("carried_out_nanousd", equalTo(103425))
        .body("checks.find { it.name == 'evaluations' }.observed", equalTo("All figures are 1."))
        .body("checks.find { it.name == 'cost_nanousd' }.verdict", equalTo("EQUAL"));
    reconcile("2026-11-23T11").body("verdict", equalTo("EQUAL")).body("entries", equalTo(0));
    reconcile("2026-11")
        .body("verdict", equalTo("NOT_OBSERVED"))
        .body("checks.find { it.verdict != 'EQUAL' }.name", equalTo("invoiced_cents"));
  }

  @Test
  void aDifferenceIsShownAndCounted() {
    file(tenant, draft(tenant, 10, 1, 1, 234)).statusCode(200);
    report(tenant, 1).statusCode(200);
    double before = gauge("units");

    count(1, 1, 1, 1, 235).statusCode(204);

    reconcile("2026-11-23T10")
        .body("verdict", equalTo("DIFFERENT"))
        .body(
            "checks.find { it.name == 'bytes_in' }.observed",
            equalTo("chain_bytes_in is 235, ledger_bytes_in is 234."));
    assertThat(gauge("units")).isEqualTo(before + 1);
    count(1, 1, 1, 1, 234).statusCode(204);
    assertThat(gauge("units")).isEqualTo(before);
  }

  @Test
  void handsOutAnEntryToOneWorkerAtATimeAndAgainAfterAWeek() {
    file(tenant, draft(tenant, 10, 1, 1, 234)).statusCode(200);

    assertThat(due()).containsExactly(1);
    assertThat(due()).isEmpty();
    clock.advance(Duration.ofMinutes(2));
    assertThat(due()).containsExactly(1);
    count(1, 1, 1, 1, 234).statusCode(204);
    clock.advance(Duration.ofMinutes(2));
    assertThat(due()).isEmpty();
    clock.advance(Duration.ofDays(8));
    assertThat(due()).containsExactly(1);
  }

  @Test
  void anEntryThatDiffersIsCountedAgainSoonAndSeenToBeEqualOnceItIs() {
    file(tenant, draft(tenant, 10, 1, 1, 234)).statusCode(200);
    report(tenant, 1).statusCode(200);
    assertThat(due()).containsExactly(1);
    double before = gauge("units");
    count(1, 1, 1, 1, 235).statusCode(204);
    assertThat(due()).isEmpty();

    clock.advance(Duration.ofMinutes(5));
    assertThat(due()).containsExactly(1);
    count(1, 1, 1, 1, 235).statusCode(204);
    assertThat(gauge("units")).isEqualTo(before + 1);
    clock.advance(Duration.ofMinutes(3));
    assertThat(due()).as("waits as long as it has differed").isEmpty();
    clock.advance(Duration.ofDays(1));
    count(1, 1, 1, 1, 235).statusCode(204);
    clock.advance(Duration.ofMinutes(61));
    assertThat(due()).as("and an hour at most").containsExactly(1);

    count(1, 1, 1, 1, 234).statusCode(204);

    reconcile("2026-11-23T10").body("verdict", equalTo("EQUAL"));
    assertThat(gauge("units")).isEqualTo(before);
    clock.advance(Duration.ofMinutes(61));
    assertThat(due()).isEmpty();
  }

  @Test
  void answersBehindTheEndOfTheLogDifferUntilTheLogReachesThem() {
    file(tenant, draft(tenant, 10, 1, 1, 234)).statusCode(200);
    report(tenant, 1).statusCode(200);
    assertThat(due()).containsExactly(1);
    double before = gauge("evaluations");
    GateStandIn.ends(tenant, 90, 45L);

    count(1, 1, 1, 1, 234).statusCode(204);

    reconcile("2026-11-23T10")
        .body("verdict", equalTo("DIFFERENT"))
        .body("checks.find { it.name == 'evaluations' }.verdict", equalTo("EQUAL"))
        .body(
            "checks.find { it.name == 'log_end' }.observed",
            equalTo("last_answers_place is 90, log_end is 45."));
    assertThat(gauge("evaluations")).isEqualTo(before + 1);
    clock.advance(Duration.ofMinutes(61));
    assertThat(due()).as("is counted again soon").containsExactly(1);

    GateStandIn.ends(tenant, 90, 91L);
    count(1, 1, 1, 1, 234).statusCode(204);

    reconcile("2026-11-23T10")
        .body("verdict", equalTo("EQUAL"))
        .body("checks.find { it.name == 'log_end' }.verdict", equalTo("EQUAL"));
    assertThat(gauge("evaluations")).isEqualTo(before);
  }

  @Test
  void theNewestCountSaysWhereTheLogEnds() {
    file(tenant, draft(tenant, 10, 1, 1, 234)).statusCode(200);
    file(tenant, draft(tenant, 11, 2, 2, 234)).statusCode(200);
    GateStandIn.ends(tenant, 2, 2L);
    count(1, 1, 1, 1, 234).statusCode(204);
    clock.advance(Duration.ofMinutes(1));
    GateStandIn.ends(tenant, 9, 2L);
    count(2, 2, 2, 1, 234).statusCode(204);

    reconcile("2026-11")
        .body(
            "checks.find { it.name == 'log_end' }.observed",
            equalTo("last_answers_place is 9, log_end is 2."));
  }

  @Test
  void nothingIsComparedWhereTheLogDidNotSayItsEnd() {
    file(tenant, draft(tenant, 10, 1, 1, 234)).statusCode(200);
    report(tenant, 1).statusCode(200);
    GateStandIn.ends(tenant, 90, null);

    count(1, 1, 1, 1, 234).statusCode(204);

    reconcile("2026-11-23T10")
        .body("verdict", equalTo("EQUAL"))
        .body("checks.name", not(hasItem("log_end")));
  }

  @Test
  void refusesACountOfAnotherRangeOrOfNoEntry() {
    file(tenant, draft(tenant, 10, 1, 1, 234)).statusCode(200);

    count(1, 1, 2, 1, 234).statusCode(409);
    count(2, 1, 1, 1, 234).statusCode(404);
    count(1, 1, 1, -1, 234).statusCode(400);
    as("invoice-worker").get("/internal/recounts?limit=1").then().statusCode(403);
    meter().get("/internal/recounts?limit=0").then().statusCode(400);
  }

  @Test
  void knowsMonthsAndHoursAndNothingElse() {
    for (String period :
        List.of(
            "2026",
            "2026-13",
            "2026-11-23",
            "2026-11-31T10",
            "2026-11-23T24",
            "0000-12",
            "0000-12-31T23",
            "9999-12",
            "9999-12-31T23")) {
      reader(tenant)
          .queryParam("period", period)
          .get("/v1/billing/reconciliation")
          .then()
          .statusCode(400);
    }
    for (String period : List.of("0001-01", "0001-01-01T00", "9999-11", "9999-12-31T22")) {
      reconcile(period).body("period", equalTo(period));
    }
    reader(tenant).get("/v1/billing/reconciliation").then().statusCode(400);
    reader(newTenant())
        .queryParam("period", "2026-11")
        .get("/v1/billing/reconciliation")
        .then()
        .statusCode(404);
  }

  private ValidatableResponse reconcile(String period) {
    return reader(tenant)
        .queryParam("period", period)
        .get("/v1/billing/reconciliation")
        .then()
        .statusCode(200);
  }

  private ValidatableResponse count(long entry, long first, long last, long emitted, long bytes) {
    String body =
        String.format(
            Locale.ROOT,
            """
            {"tenant":"%s","entry_no":%d,"first_seq":%d,"last_seq":%d,"last_hash":"%064x",
             "responses_emitted":%d,"units":{"evaluations":1,"bytes_in":%d,"bytes_out":567,
             "gates_executed":6,"audit_writes":9}}
            """,
            tenant,
            entry,
            first,
            last,
            1,
            emitted,
            bytes);
    return meter().body(body).post("/internal/recounts").then();
  }

  /** Entries of this test's tenant that are due; those of others wait. */
  private List<Integer> due() {
    List<Map<String, Object>> tasks =
        meter()
            .get("/internal/recounts?limit=100")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getList("");
    List<Integer> mine = new ArrayList<>();
    tasks.stream()
        .filter(task -> Objects.equals(task.get("tenant"), tenant.toString()))
        .forEach(task -> mine.add((Integer) task.get("entry_no")));
    return mine;
  }

  private double gauge(String check) {
    gauges.read();
    return io.restassured.RestAssured.get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("nofate_billing_reconciliation_differences{"))
        .filter(line -> line.contains("check=\"" + check + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }
}
