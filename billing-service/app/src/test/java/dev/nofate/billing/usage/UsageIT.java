package dev.nofate.billing.usage;

import static dev.nofate.billing.standin.Calls.meter;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Calls;
import dev.nofate.billing.standin.ShiftedClock;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@BillingParts
class UsageIT {

  @Inject ShiftedClock clock;

  @AfterEach
  void backToThePresent() {
    clock.reset();
  }

  @Test
  void showsAnEmptyMonth() {
    reader(newAccount())
        .get("/v1/billing/usage")
        .then()
        .statusCode(200)
        .body("currency", equalTo("usd"))
        .body("closed.entries", equalTo(0))
        .body("closed.units.bytes_in", equalTo(0))
        .body("open.after_seq", equalTo(0))
        .body("open.observed_at", nullValue())
        .body("open.price_version", equalTo(1))
        .body("total_cost_nanousd", equalTo(0));
  }

  @Test
  void addsClosedAndOpenUsageOfTheMonth() {
    TenantId tenant = newAccount();
    fileThisMonth(tenant);

    open(tenant, 9, 15, 1 << 20).statusCode(204);

    reader(tenant)
        .get("/v1/billing/usage")
        .then()
        .statusCode(200)
        .body("closed.entries", equalTo(1))
        .body("closed.units.evaluations", equalTo(1))
        .body("closed.cost_nanousd", equalTo(240_103_425))
        .body("open.after_seq", equalTo(9))
        .body("open.through_seq", equalTo(15))
        .body("open.observed_at", notNullValue())
        .body("open.units.bytes_in", equalTo(1 << 20))
        .body("open.cost_nanousd", equalTo(100_000_000))
        .body("total_cost_nanousd", equalTo(340_103_425));
  }

  @Test
  void leavesOutAnObservationThatTheLedgerHasCaughtUpWith() {
    TenantId tenant = newAccount();
    open(tenant, 0, 9, 234).statusCode(204);
    fileThisMonth(tenant);

    reader(tenant)
        .get("/v1/billing/usage")
        .then()
        .body("open.after_seq", equalTo(9))
        .body("open.through_seq", equalTo(9))
        .body("open.observed_at", nullValue())
        .body("open.cost_nanousd", equalTo(0));
  }

  @Test
  void keepsTheLaterOfTwoObservations() {
    TenantId tenant = newAccount();
    open(tenant, 0, 9, 500).statusCode(204);
    open(tenant, 0, 5, 100).statusCode(204);

    reader(tenant)
        .get("/v1/billing/usage")
        .then()
        .body("open.through_seq", equalTo(9))
        .body("open.units.bytes_in", equalTo(500));
  }

  @Test
  void startsAnewWithTheNextMonthInUtc() {
    TenantId tenant = newAccount();
    fileThisMonth(tenant);
    YearMonth next = YearMonth.now(ZoneOffset.UTC).plusMonths(1);
    Instant start = next.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();

    clock.advance(Duration.between(Instant.now(), start.plusSeconds(60)));

    reader(tenant)
        .get("/v1/billing/usage")
        .then()
        .body("from", equalTo(next + "-01T00:00:00.000000Z"))
        .body("closed.entries", equalTo(0));
  }

  @ParameterizedTest
  @CsvSource({"-1,5,1", "5,4,1", "0,5,-1", "0,9007199254740992,1"})
  void refusesAnObservationThatCannotBe(long after, long through, long bytesIn) {
    open(newAccount(), after, through, bytesIn).statusCode(400);
  }

  @Test
  void observesNothingWithoutAnAccount() {
    open(newTenant(), 0, 5, 1).statusCode(404);
  }

  @Test
  void showsThePriceBook() {
    reader(newTenant())
        .get("/v1/billing/prices")
        .then()
        .statusCode(200)
        .body("items", not(empty()))
        .body("items.version", hasItem(1))
        .body("items.currency", everyItem(equalTo("usd")))
        .body("items[-1].effective_from", equalTo("1970-01-01T00:00:00.000000Z"))
        .body("items[-1].nanousd_per_mib_in", equalTo(100_000_000))
        .body("items[-1].nanousd_per_mib_out", equalTo(150_000_000))
        .body("items[-1].nanousd_per_gate", equalTo(10_000_000))
        .body("items[-1].nanousd_per_audit_event", equalTo(20_000_000))
        .body("next", nullValue());
  }

  private static void fileThisMonth(TenantId tenant) {
    Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
    Instant month = YearMonth.now(ZoneOffset.UTC).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant start = end.minusSeconds(3600).isBefore(month) ? month : end.minusSeconds(3600);
    String draft =
        Calls.draft(tenant, 10, 1, 9, 234)
            .replace("2026-11-23T10:00:00Z", start.toString())
            .replace("2026-11-23T11:00:00Z", start.plusSeconds(3600).toString());
    assertThat(draft).contains(start.toString());
    Calls.file(tenant, draft).statusCode(200);
  }

  private static ValidatableResponse open(
      TenantId tenant, long afterSeq, long throughSeq, long bytesIn) {
    String body =
        """
        {"after_seq":%d,"through_seq":%d,"units":{"evaluations":0,"bytes_in":%d,"bytes_out":0,
         "gates_executed":0,"audit_writes":0}}
        """
            .formatted(afterSeq, throughSeq, bytesIn);
    return meter().body(body).put("/internal/ledger/{tenant}/open-usage", tenant.toString()).then();
  }
}
