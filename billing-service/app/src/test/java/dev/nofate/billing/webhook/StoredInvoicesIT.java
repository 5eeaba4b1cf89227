package dev.nofate.billing.webhook;

import static dev.nofate.billing.standin.Calls.customer;
import static dev.nofate.billing.standin.Calls.invoices;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newInvoice;
import static dev.nofate.billing.standin.Calls.observe;
import static dev.nofate.billing.standin.Calls.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a customer knows an invoice by, from the events that are stored about it. */
@QuarkusTest
@BillingParts
class StoredInvoicesIT {

  private static final long EARLY = 1_795_946_400;

  private TenantId tenant;
  private String invoice;

  @BeforeEach
  void anAccount() {
    tenant = newAccount();
    invoice = newInvoice();
  }

  @Test
  void showsNumberPeriodAndLinksOnceAnEventHasThem() {
    told("DRAFT", EARLY, shown().putNull("number").putNull("hosted_invoice_url"));
    listed()
        .body("items[0].number", equalTo(null))
        .body("items[0].links_observed_at", equalTo(null));

    told("OPEN", EARLY + 60, finalised("first"));

    listed()
        .body("items", hasSize(1))
        .body("items[0].number", equalTo("8C2E41AB-0001"))
        .body("items[0].period_start", equalTo("2026-10-01T00:00:00.000000Z"))
        .body("items[0].period_end", equalTo("2026-11-01T00:00:00.000000Z"))
        .body("items[0].hosted_invoice_url", equalTo(page("first")))
        .body("items[0].invoice_pdf", equalTo(file("first")))
        .body("items[0].links_observed_at", equalTo(at(EARLY + 60)));
    reader(tenant)
        .accept("text/csv")
        .get("/v1/billing/invoices")
        .then()
        .body(containsString("8C2E41AB-0001," + "2026-10-01T00:00:00.000000Z"))
        .body(containsString(page("first") + "," + file("first") + "," + at(EARLY + 60)));
  }

  @Test
  void keepsTheLatestLinksWhateverArrivesLastAndMovesNothing() {
    told("PAID", EARLY + 60, finalised("second")).body("result", equalTo("APPLIED"));

    told("OPEN", EARLY, finalised("first")).body("result", equalTo("UNCHANGED"));
    told("DRAFT", EARLY - 60, shown()).body("result", equalTo("UNCHANGED"));
    listed().body("items[0].hosted_invoice_url", equalTo(page("second")));

    told("OPEN", EARLY + 120, finalised("third")).body("result", equalTo("UNCHANGED"));
    listed()
        .body("items[0].hosted_invoice_url", equalTo(page("third")))
        .body("items[0].links_observed_at", equalTo(at(EARLY + 120)))
        .body("items[0].status", equalTo("PAID"));
  }

  @Test
  void fillsInAnInvoiceThatWasObservedBefore() {
    observe(tenant, invoice, "OPEN").statusCode(200);
    listed().body("items[0].number", equalTo(null));

    told("OPEN", EARLY, finalised("first")).body("result", equalTo("UNCHANGED"));

    listed().body("items[0].number", equalTo("8C2E41AB-0001"));
  }

  @Test
  void takesNothingFromAnEventAboutAnotherInvoice() {
    told("OPEN", EARLY, finalised("first").put("id", newInvoice()));

    listed().body("items[0].status", equalTo("OPEN")).body("items[0].number", equalTo(null));
  }

  @Test
  void keepsLinksOutOfTheLogAndFromOtherTenants() {
    told("PAYMENT_FAILED", EARLY, finalised("first"));

    assertThat(
            Database.column(
                "SELECT payload FROM audit_outbox WHERE tenant_id = '%s'".formatted(tenant)))
        .isNotEmpty()
        .noneMatch(payload -> payload.contains("stripe.com") || payload.contains("first"));
    reader(newAccount()).get("/v1/billing/invoices").then().body("items", hasSize(0));
  }

  /** An event is stored, and then told as invoice-worker tells it. */
  private ValidatableResponse told(String status, long created, JsonObject object) {
    String event = Webhooks.newEventId();
    Webhooks.send(
            new JsonObject()
                .put("id", event)
                .put("object", "event")
                .put("type", "invoice.updated")
                .put("created", created)
                .put("data", new JsonObject().put("object", object))
                .encode())
        .statusCode(200);
    return invoices()
        .body(
            new JsonObject()
                .put("event_id", event)
                .put("invoice_id", invoice)
                .put("customer_id", customer(tenant))
                .put("status", status)
                .put("occurred_at", Instant.ofEpochSecond(created).toString())
                .put("amount_due_cents", 2400)
                .put("amount_paid_cents", 0)
                .put("currency", "usd")
                .encode())
        .post("/internal/settlement/invoice-observations")
        .then()
        .statusCode(200);
  }

  private ValidatableResponse listed() {
    return reader(tenant).get("/v1/billing/invoices").then().statusCode(200);
  }

  private JsonObject shown() {
    return new JsonObject()
        .put("id", invoice)
        .put("object", "invoice")
        .put("period_start", Instant.parse("2026-10-01T00:00:00Z").getEpochSecond())
        .put("period_end", Instant.parse("2026-11-01T00:00:00Z").getEpochSecond());
  }

  private JsonObject finalised(String link) {
    return shown()
        .put("number", "8C2E41AB-0001")
        .put("hosted_invoice_url", page(link))
        .put("invoice_pdf", file(link));
  }

  private static String page(String link) {
    return "https://invoice.stripe.com/i/acct_1/test_" + link + "?s=ap";
  }

  private static String file(String link) {
    return "https://pay.stripe.com/invoice/acct_1/test_" + link + "/pdf?s=ap";
  }

  private static String at(long second) {
    return Instant.ofEpochSecond(second).toString().replace("Z", ".000000Z");
  }
}
