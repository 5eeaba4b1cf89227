package dev.nofate.billing.reconcile;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.ShiftedClock;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@BillingParts
class WaitingGaugesIT {

  private static final double DAY = Duration.ofDays(1).toSeconds();

  @Inject ShiftedClock clock;
  @Inject WaitingGauges gauges;

  @BeforeEach
  void nothingWaits() {
    clock.reset();
    Database.tamper("DELETE FROM stripe_events; UPDATE audit_outbox SET recorded_at = now()");
  }

  @AfterEach
  void backToThePresent() {
    clock.reset();
  }

  @Test
  void anEventThatNobodyTakesGetsOlder() {
    assertThat(age("webhook")).isZero();
    Database.tamper(
        "INSERT INTO stripe_events (event_id, type, payload, received_at, next_attempt_at)"
            + " VALUES ('evt_waiting1', 'invoice.paid', '{}', now(), now() + interval '1 hour')");
    clock.advance(Duration.ofDays(1));
    assertThat(age("webhook")).isBetween(DAY, DAY + 60);
    Database.tamper("UPDATE stripe_events SET state = 'DONE'");
    assertThat(age("webhook")).isZero();
  }

  @Test
  void whatIsOwedToTheLogGetsOlder() {
    assertThat(age("outbox")).isZero();
    TenantId tenant = newAccount();
    Database.tamper(
        "INSERT INTO audit_outbox (id, tenant_id, type, payload, created_at)"
            + " VALUES (gen_random_uuid(), '%s', 'standing_changed', '{}', now())"
                .formatted(tenant));
    clock.advance(Duration.ofDays(1));
    assertThat(age("outbox")).isBetween(DAY, DAY + 60);
  }

  @Test
  void anEntryThatNobodyReportsGetsOlder() {
    TenantId tenant = newAccount();
    clock.advance(Duration.ofDays(-3650));
    file(tenant, draft(tenant, 10, 1, 1, 234)).statusCode(200);
    clock.reset();
    assertThat(age("reports")).isGreaterThan(3649 * DAY);
    report(tenant, 1).statusCode(200);
    assertThat(age("reports")).as("of others, if any").isLessThan(3649 * DAY);
  }

  private double age(String what) {
    gauges.read();
    String name = "nofate_billing_%s_oldest_seconds ".formatted(what);
    return RestAssured.get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }
}
