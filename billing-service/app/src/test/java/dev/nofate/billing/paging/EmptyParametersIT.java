package dev.nofate.billing.paging;

import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.operator;
import static dev.nofate.billing.standin.Calls.reader;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.billing.standin.BillingParts;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class EmptyParametersIT {

  @ParameterizedTest
  @CsvSource({
    "ledger?period=, period",
    "ledger?period, period",
    "ledger?period=2026-11&period=, period",
    "ledger?period=2026-11&limit=, limit",
    "ledger?after=, after",
    "proof?period=, period",
    "proof?period=2026-11&after=, after",
    "reconciliation?period=, period",
    "invoices?limit=, limit"
  })
  void aParameterWithoutAValueIsNotOneThatIsAbsent(String address, String name) {
    for (String form : new String[] {"application/json", "text/csv"}) {
      reader(newAccount())
          .accept(form + ", application/json;q=0.5")
          .get("/v1/billing/" + address)
          .then()
          .statusCode(400)
          .body("detail", equalTo(name + " has no value"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?period=2026-11", "?limit=1&after=0", "?other="})
  void otherParametersAreAsTheyWere(String query) {
    reader(newAccount()).get("/v1/billing/ledger" + query).then().statusCode(200);
  }

  @Test
  void aPriceForATenantOfNoNameIsNotForEverybody() {
    operator()
        .body(
            """
            {"tenant_id":"","effective_from":"2999-01-01T00:00:00Z","nanousd_per_mib_in":1,
             "nanousd_per_mib_out":1,"nanousd_per_gate":1,"nanousd_per_audit_event":1}
            """)
        .post("/v1/billing/prices")
        .then()
        .statusCode(400);
  }
}
