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

  @ParameterizedTest
  @ValueSource(strings = {"1", "in_", "in_%2D", "%ED%A0%80", "in_%C3%A9", "evt_1", "in_1%0A"})
  void whatIsNoInvoicesIdIsNoCursorOfInvoices(String after) {
    reader(newAccount())
        .urlEncodingEnabled(false)
        .get("/v1/billing/invoices?after=" + after)
        .then()
        .statusCode(400)
        .body("detail", equalTo("after is not a cursor of this list"));
    reader(newAccount()).get("/v1/billing/invoices?after=in_1").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoices?after=%00",
        "invoices?after=in_1%00",
        "ledger?after=%00",
        "ledger?period=%00",
        "proof?period=%00",
        "reconciliation?period=%00"
      })
  void anAddressWithTheCharacterNulIsRefused(String address) {
    reader(newAccount())
        .urlEncodingEnabled(false)
        .get("/v1/billing/" + address)
        .then()
        .statusCode(400)
        .body("detail", equalTo("The address holds the character U+0000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"webhooks/{id}/replay", "meter-faults/{id}/settlement", "held-reports/{id}/1"})
  void aPathWithTheCharacterNulIsRefused(String path) {
    operator()
        .urlEncodingEnabled(false)
        .body("{\"rebill\":false,\"reason\":\"x\"}")
        .post("/v1/billing/" + path.replace("{id}", "evt_%00"))
        .then()
        .statusCode(400)
        .body("detail", equalTo("The address holds the character U+0000"));
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
