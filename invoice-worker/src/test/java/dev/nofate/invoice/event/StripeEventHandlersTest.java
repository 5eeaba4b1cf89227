package dev.nofate.invoice.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.billing.contract.CheckoutNotice;
import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.billing.contract.MeterFault;
import dev.nofate.billing.contract.StripeEventClaim;
import dev.nofate.billing.contract.SubscriptionNotice;
import dev.nofate.invoice.fixture.StripeJson;
import dev.nofate.invoice.fixture.Worker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeEventHandlersTest {

  private final StripeEventHandlers handlers = new StripeEventHandlers(Worker.HANDLERS);
  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "invoice.created,                 draft,         DRAFT",
    "invoice.created,                 open,          OPEN",
    "invoice.finalized,               open,          OPEN",
    "invoice.finalized,               paid,          PAID",
    "invoice.payment_failed,          open,          PAYMENT_FAILED",
    "invoice.payment_action_required, open,          OPEN",
    "invoice.paid,                    paid,          PAID",
    "invoice.payment_succeeded,       paid,          PAID",
    "invoice.voided,                  void,          VOID",
    "invoice.marked_uncollectible,    uncollectible, UNCOLLECTIBLE",
    "invoice.overdue,                 open,          OPEN",
    "invoice.overdue,                 paid,          PAID"
  })
  void readWhatAnEventSaysInEveryApiVersion(String type, String status, InvoiceStatus expected) {
    for (String version : List.of(StripeJson.ACACIA_AND_BEFORE, StripeJson.CLOVER)) {
      assertThat(observe(StripeJson.invoice(version).type(type).status(status)).status())
          .as(version)
          .isEqualTo(expected);
    }
  }

  @Test
  void readAnOverdueInvoiceThatWasSentForPaymentAsNotPaid() {
    StripeJson overdue =
        StripeJson.invoice(StripeJson.CLOVER)
            .type("invoice.overdue")
            .with("collection_method", "\"send_invoice\"");

    assertThat(observe(overdue.status("open")).status()).isEqualTo(InvoiceStatus.PAYMENT_FAILED);
    assertThat(observe(overdue.status("void")).status()).isEqualTo(InvoiceStatus.VOID);
  }

  @Test
  void readTheWholeObservationFromAnOlderApiVersion() {
    assertThat(observe(StripeJson.invoice(StripeJson.ACACIA_AND_BEFORE)))
        .isEqualTo(
            new InvoiceObservation(
                "evt_1PgQx2LkdIwHu7ixq9Vb0Zc3",
                "in_1PgQwXLkdIwHu7ixT5m2aN8k",
                "cus_QXa1b2c3d4e5f6",
                InvoiceStatus.PAYMENT_FAILED,
                "2026-11-23T10:00:00Z",
                1250,
                0,
                "usd",
                null));
  }

  @Test
  void readTheCustomerFromAnExpandedObject() {
    assertThat(observe(StripeJson.invoice(StripeJson.CLOVER)).customerId())
        .isEqualTo("cus_TWb7c8d9e0f1a2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.subscription.trial_will_end",
        "checkout.session.expired",
        "invoice.upcoming",
        "charge.succeeded"
      })
  void knowNothingOfOtherTypes(String type) {
    assertThat(handlers.of(type)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "customer    | null               | data.object.customer names no customer",
        "customer    | {\"object\":\"customer\"} | data.object.customer names no customer",
        "customer    | 7                  | data.object.customer names no customer",
        "id          | null               | data.object.id is not text",
        "currency    | 840                | data.object.currency is not text",
        "amount_due  | \"12.50\"          | data.object.amount_due is not a whole number",
        "amount_due  | 12.5               | data.object.amount_due is not a whole number",
        "amount_paid | 99999999999999999999 | data.object.amount_paid is not a whole number",
        "object      | \"charge\"         | data.object is not an invoice",
        "status      | null               | data.object.status is not text",
        "status      | \"deleted\"        | data.object.status is unknown"
      })
  void nameTheMemberThatCannotBeRead(String member, String value, String reason) {
    StripeJson event =
        StripeJson.invoice(StripeJson.CLOVER).type("invoice.finalized").with(member, value);

    assertThatThrownBy(() -> observe(event))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "customer", "currency", "amount_due", "amount_paid", "status"})
  void refuseAnInvoiceWithoutAMemberTheyNeed(String member) {
    StripeJson event =
        StripeJson.invoice(StripeJson.ACACIA_AND_BEFORE).type("invoice.finalized").without(member);

    assertThatThrownBy(() -> observe(event))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageStartingWith("data.object." + member);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "created | null  | created is not a time in seconds",
        "created | -1    | created is not a time in seconds",
        "created | 1.5   | created is not a time in seconds",
        "created | 9223372036854775807 | created is not a time in seconds",
        "data    | null  | data.object is not an object",
        "data    | {\"object\":[]} | data.object is not an object"
      })
  void refuseAnEventThatIsNoSnapshot(String member, String value, String reason) {
    StripeJson event = StripeJson.invoice(StripeJson.CLOVER).withEvent(member, value);

    assertThatThrownBy(() -> observe(event))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"text\"", "{", "{\"id\":\"evt_1\"}", "nonsense"})
  void refuseTextThatIsNoEvent(String payload) {
    assertThatThrownBy(
            () -> StripeEvent.read(json, new StripeEventClaim("evt_1", "invoice.paid", 1, payload)))
        .isInstanceOf(MalformedEventException.class);
  }

  @Test
  void refuseAnEventStoredUnderAnotherName() {
    StripeEventClaim claim = StripeJson.invoice(StripeJson.CLOVER).claim();

    assertThatThrownBy(
            () ->
                StripeEvent.read(
                    json, new StripeEventClaim("evt_2", claim.type(), 1, claim.payload())))
        .hasMessage("id is not that of the stored event");
    assertThatThrownBy(
            () ->
                StripeEvent.read(
                    json,
                    new StripeEventClaim(claim.eventId(), "invoice.paid", 1, claim.payload())))
        .hasMessage("type is not that of the stored event");
  }

  @Test
  void refuseToBeTwoForOneType() {
    assertThatThrownBy(() -> new StripeEventHandlers(List.of(new InvoicePaid(), new InvoicePaid())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readWhyAnInvoiceWasNotFinalized() {
    StripeJson event =
        StripeJson.invoice(StripeJson.CLOVER)
            .type("invoice.finalization_failed")
            .status("draft")
            .with(
                "last_finalization_error",
                "{\"type\":\"invalid_request_error\",\"code\":\"customer_tax_location_invalid\","
                    + "\"message\":\"The customer's location\"}");

    assertThat(observe(event).status()).isEqualTo(InvoiceStatus.DRAFT);
    assertThat(observe(event).problem()).isEqualTo("customer_tax_location_invalid");
    assertThat(observe(event.with("last_finalization_error", "null")).problem())
        .isEqualTo("finalization_failed");
    assertThat(observe(event.with("last_finalization_error", "{\"code\":\"a b\"}")).problem())
        .isEqualTo("finalization_failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"created", "updated", "deleted"})
  void readWhichSubscriptionAnEventIsAbout(String what) {
    StripeEventClaim claim =
        snapshot(
            "customer.subscription." + what,
            "{\"id\":\"sub_1\",\"object\":\"subscription\",\"customer\":\"cus_1\","
                + "\"status\":\"past_due\"}");

    assertThat(tell(claim))
        .isEqualTo(new Told.OfSubscription(new SubscriptionNotice("evt_1", "sub_1", "cus_1")));
  }

  @Test
  void readACompletedPageThatAskedForAPaymentMethod() {
    String page =
        "{\"id\":\"cs_1\",\"object\":\"checkout.session\",\"customer\":{\"id\":\"cus_1\"},"
            + "\"mode\":\"%s\",\"payment_status\":\"%s\"}";

    assertThat(
            tell(
                snapshot(
                    "checkout.session.completed", page.formatted("setup", "no_payment_required"))))
        .isEqualTo(new Told.OfCheckout(new CheckoutNotice("evt_1", "cs_1", "cus_1")));
    assertThat(tell(snapshot("checkout.session.completed", page.formatted("setup", "unpaid"))))
        .isEqualTo(new Told.OfNothing());
    assertThat(tell(snapshot("checkout.session.completed", page.formatted("payment", "paid"))))
        .isEqualTo(new Told.OfNothing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"error_report_triggered", "no_meter_found"})
  void readWhichMeterAThinEventIsAbout(String what) {
    String type = "v1.billing.meter." + what;
    String thin =
        "{\"id\":\"evt_1\",\"object\":\"v2.core.event\",\"type\":\"%s\",\"livemode\":false,"
            + "\"created\":\"2026-11-23T10:00:00.000Z\"%s}";
    String related =
        ",\"related_object\":{\"id\":\"mtr_1\",\"type\":\"billing.meter\",\"url\":\"/v1\"}";

    assertThat(tell(new StripeEventClaim("evt_1", type, 1, thin.formatted(type, related))))
        .isEqualTo(new Told.OfMeter(new MeterFault("evt_1", type, "mtr_1")));
    assertThat(tell(new StripeEventClaim("evt_1", type, 1, thin.formatted(type, ""))))
        .isEqualTo(new Told.OfMeter(new MeterFault("evt_1", type, null)));
    assertThatThrownBy(
            () ->
                tell(
                    new StripeEventClaim(
                        "evt_1", type, 1, thin.formatted(type, "").replace("2026-", "x"))))
        .hasMessage("created is not a time");
  }

  @Test
  void refuseAnEventAboutAnotherKindOfObject() {
    assertThatThrownBy(
            () -> tell(snapshot("customer.subscription.updated", "{\"object\":\"invoice\"}")))
        .hasMessage("data.object is not a subscription");
    assertThatThrownBy(
            () -> tell(snapshot("checkout.session.completed", "{\"object\":\"subscription\"}")))
        .hasMessage("data.object is not a checkout.session");
  }

  private static StripeEventClaim snapshot(String type, String object) {
    return new StripeEventClaim(
        "evt_1",
        type,
        1,
        "{\"id\":\"evt_1\",\"type\":\"%s\",\"created\":1795428000,\"data\":{\"object\":%s}}"
            .formatted(type, object));
  }

  private Told tell(StripeEventClaim claim) {
    return handlers.of(claim.type()).orElseThrow().tell(StripeEvent.read(json, claim));
  }

  private InvoiceObservation observe(StripeJson event) {
    return ((Told.OfInvoice) tell(event.claim())).observation();
  }
}
