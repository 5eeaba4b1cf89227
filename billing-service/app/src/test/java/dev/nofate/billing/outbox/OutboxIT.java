package dev.nofate.billing.outbox;

import static dev.nofate.billing.standin.Calls.invoices;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newInvoice;
import static dev.nofate.billing.standin.Calls.observe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class OutboxIT {

  @BeforeEach
  void nothingIsOwed() {
    Database.tamper("DELETE FROM audit_outbox");
  }

  @Test
  void showsWhatIsOwedOldestFirst() {
    TenantId tenant = newAccount();
    String invoice = newInvoice();
    observe(tenant, invoice, "PAYMENT_FAILED").statusCode(200);

    invoices()
        .get("/internal/settlement/outbox")
        .then()
        .statusCode(200)
        .body("type", contains("invoice_state_changed", "standing_changed"))
        .body("[0].tenant", equalTo(tenant.toString()))
        .body("[0].subject", nullValue())
        .body("[0].payload.invoice_id", equalTo(invoice))
        .body("[0].payload.to", equalTo("PAYMENT_FAILED"))
        .body("[0].payload.amount_due_cents", equalTo(2400))
        .body("[1].payload.from", equalTo("ACTIVE"))
        .body("[1].payload.to", equalTo("GRACE"))
        .body("[1].payload.version", equalTo(1));
  }

  @Test
  void showsNoMoreThanAskedFor() {
    observe(newAccount(), newInvoice(), "PAYMENT_FAILED").statusCode(200);

    invoices().get("/internal/settlement/outbox?limit=1").then().body("$", hasSize(1));
  }

  @Test
  void forgetsWhatIsRecordedAndTakesItTwice() {
    observe(newAccount(), newInvoice(), "PAYMENT_FAILED").statusCode(200);
    List<String> ids = invoices().get("/internal/settlement/outbox").path("id");

    for (int time = 0; time < 2; time++) {
      invoices()
          .post("/internal/settlement/outbox/{id}/recorded", ids.get(0))
          .then()
          .statusCode(204);
    }

    assertThat(invoices().get("/internal/settlement/outbox").<List<String>>path("id"))
        .containsExactly(ids.get(1));
  }

  @Test
  void knowsNothingThatWasNeverOwed() {
    invoices()
        .post("/internal/settlement/outbox/{id}/recorded", UUID.randomUUID().toString())
        .then()
        .statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "501"})
  void refusesALimitOutOfRange(String limit) {
    invoices().get("/internal/settlement/outbox?limit=" + limit).then().statusCode(400);
  }
}
