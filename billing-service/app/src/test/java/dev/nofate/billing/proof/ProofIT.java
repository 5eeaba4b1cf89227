package dev.nofate.billing.proof;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.operator;
import static dev.nofate.billing.standin.Calls.reader;
import static dev.nofate.billing.standin.Calls.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class ProofIT {

  @Test
  void givesWhatAStrangerNeedsToAddTheBillAgain() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    file(tenant, draft(tenant, 11, 10, 20, 1)).statusCode(200);
    report(tenant, 1).statusCode(200);
    report(tenant, 2).statusCode(200);

    JsonPath proof =
        reader(tenant)
            .get("/v1/billing/proof?period=2026-11")
            .then()
            .statusCode(200)
            .body("period", equalTo("2026-11"))
            .body("from", equalTo("2026-11-01T00:00:00.000000Z"))
            .body("to", equalTo("2026-12-01T00:00:00.000000Z"))
            .body("prices.version", hasItem(1))
            .body("entries.entry_no", contains(1, 2))
            .body("next", nullValue())
            .extract()
            .jsonPath();

    long fraction = 0;
    long carried = 0;
    for (int entry = 0; entry < 2; entry++) {
      String at = "entries[" + entry + "].";
      BigInteger fractions =
          number(proof, at + "units.bytes_in")
              .multiply(number(proof, "prices[0].nanousd_per_mib_in"))
              .add(
                  number(proof, at + "units.bytes_out")
                      .multiply(number(proof, "prices[0].nanousd_per_mib_out")))
              .add(BigInteger.valueOf(fraction));
      BigInteger cost =
          fractions
              .shiftRight(20)
              .add(
                  number(proof, at + "units.gates_executed")
                      .multiply(number(proof, "prices[0].nanousd_per_gate")))
              .add(
                  number(proof, at + "units.audit_writes")
                      .multiply(number(proof, "prices[0].nanousd_per_audit_event")));
      fraction = fractions.longValueExact() & ((1 << 20) - 1);
      long due = carried + cost.longValueExact();
      long cent = proof.getLong("minor_unit_nanousd");
      carried = due % cent;
      assertThat(number(proof, at + "cost_nanousd")).isEqualTo(cost);
      assertThat(proof.getLong(at + "fraction_out")).isEqualTo(fraction);
      assertThat(proof.getLong(at + "reported.quantity_cents")).isEqualTo(due / cent);
      assertThat(proof.getLong(at + "reported.carried_out_nanousd")).isEqualTo(carried);
    }
  }

  @Test
  void tellsOnALaterPageWhichUnitsCameBefore() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);
    file(tenant, draft(tenant, 11, 10, 20, 1)).statusCode(200);

    reader(tenant)
        .get("/v1/billing/proof?period=2026-11&limit=1")
        .then()
        .body("units_before.bytes_in", equalTo(0))
        .body("entries.entry_no", contains(1))
        .body("next", equalTo("1"));
    reader(tenant)
        .get("/v1/billing/proof?period=2026-11&limit=1&after=1")
        .then()
        .body("units_before.bytes_in", equalTo(234))
        .body("units_before.gates_executed", equalTo(6))
        .body("entries.entry_no", contains(2))
        .body("next", nullValue());
  }

  @Test
  void keepsToItsMonth() {
    TenantId tenant = newAccount();
    file(tenant, draft(tenant, 10, 1, 9, 234)).statusCode(200);

    reader(tenant)
        .get("/v1/billing/proof?period=2026-12")
        .then()
        .statusCode(200)
        .body("entries", empty());
  }

  @Test
  void namesEveryVersionThatCouldHavePricedTheMonth() {
    TenantId tenant = newAccount();
    String from = Instant.now().truncatedTo(ChronoUnit.HOURS).plusSeconds(7200).toString();
    int version =
        operator()
            .body(
                """
                {"tenant_id":"%s","effective_from":"%s","nanousd_per_mib_in":1,
                 "nanousd_per_mib_out":1,"nanousd_per_gate":1,"nanousd_per_audit_event":1}
                """
                    .formatted(tenant, from))
            .post("/v1/billing/prices")
            .then()
            .statusCode(201)
            .extract()
            .path("version");
    String period = from.substring(0, 7);

    reader(tenant)
        .get("/v1/billing/proof?period=" + period)
        .then()
        .body("prices.version", hasItem(version))
        .body(
            "prices.find { it.version == %d }.tenant_id".formatted(version),
            equalTo(tenant.toString()));
    reader(newAccount())
        .get("/v1/billing/proof?period=" + period)
        .then()
        .body("prices.version", not(hasItem(version)));
    reader(tenant)
        .get("/v1/billing/proof?period=2026-01")
        .then()
        .body("prices.version", contains(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=1",
        "period=2026",
        "period=2026-13",
        "period=0000-01",
        "period=9999-12",
        "period=2026-11-01",
        "period=2026-11&limit=1001",
        "period=2026-11&limit=0",
        "period=2026-11&after=x"
      })
  void refusesParametersOutOfRange(String query) {
    reader(newAccount())
        .get("/v1/billing/proof?" + query)
        .then()
        .statusCode(400)
        .body("code", equalTo("BAD_REQUEST"));
  }

  private static BigInteger number(JsonPath json, String path) {
    return new BigInteger(json.getString(path));
  }
}
