package dev.nofate.invoice.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.billing.contract.StripeEventClaim;
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
                "usd"));
  }

  @Test
  void readTheCustomerFromAnExpandedObject() {
    assertThat(observe(StripeJson.invoice(StripeJson.CLOVER)).customerId())
        .isEqualTo("cus_TWb7c8d9e0f1a2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.subscription.updated",
        "checkout.session.completed",
        "invoice.finalization_failed",
        "invoice.upcoming",
        "v1.billing.meter.error_report_triggered"
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

  private InvoiceObservation observe(StripeJson event) {
    StripeEventClaim claim = event.claim();
    return handlers.of(claim.type()).orElseThrow().observe(StripeEvent.read(json, claim));
  }
}
