package dev.nofate.billing.webhook;

import static dev.nofate.billing.standin.Calls.invoices;
import static dev.nofate.billing.webhook.Webhooks.event;
import static dev.nofate.billing.webhook.Webhooks.newEventId;
import static dev.nofate.billing.webhook.Webhooks.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.ShiftedClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class LeaseIT {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final String CLAIMS = "/internal/settlement/webhook-events/claims";
  private static final String CLAIM = "{\"worker\":\"a\",\"limit\":10,\"lease_ms\":30000}";

  @Inject ShiftedClock clock;

  @BeforeEach
  void nothingWaits() {
    clock.reset();
    Database.tamper("DELETE FROM stripe_events");
  }

  @AfterEach
  void backToThePresent() {
    clock.reset();
  }

  @Test
  void leasesWaitingEventsOldestFirst() {
    String first = store("invoice.payment_failed");
    String second = store("invoice.paid");

    claim("a", 10)
        .body("size()", equalTo(2))
        .body("[0].event_id", equalTo(first))
        .body("[0].type", equalTo("invoice.payment_failed"))
        .body("[0].attempt", equalTo(1))
        .body("[0].payload", equalTo(event(first, "invoice.payment_failed")))
        .body("[1].event_id", equalTo(second));
  }

  @Test
  void leasesNoMoreThanAskedFor() {
    String first = store("invoice.paid");
    String second = store("invoice.paid");

    assertThat(claimed("a", 1)).containsExactly(first);
    assertThat(claimed("b", 1)).containsExactly(second);
    assertThat(claimed("c", 1)).isEmpty();
  }

  @Test
  void leasesWhatTellsOfInvoicesApartFromTheRest() {
    String item = store("invoiceitem.created");
    String paid = store("invoice.paid");
    String subscription = store("customer.subscription.updated");

    assertThat(claimedAbout("INVOICES")).containsExactly(paid);
    assertThat(claimedAbout("INVOICES")).isEmpty();
    assertThat(claimedAbout("OTHERS")).containsExactly(item, subscription);
    invoices().body(CLAIM).post(CLAIMS + "?about=NEITHER").then().statusCode(404);
  }

  @Test
  void passesOverWhatAWorkerOfALaterReleaseSaysInTheAddress() {
    String id = store("invoice.paid");

    invoices()
        .body(CLAIM)
        .post(CLAIMS + "?of_a_later_release=INVOICES")
        .then()
        .statusCode(200)
        .body("event_id", contains(id));
  }

  @Test
  void leasesAnEventToOneWorkerAtATime() {
    List<String> ids = Stream.generate(() -> store("invoice.paid")).limit(20).toList();

    List<String> all =
        Concurrently.run(8, () -> claimed("w", 10)).stream().flatMap(List::stream).toList();

    assertThat(all).doesNotHaveDuplicates();
    assertThat(Stream.concat(all.stream(), claimed("w", 100).stream()))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void leasesAnEventAgainWhenTheLeaseRanOut() {
    String id = store("invoice.paid");
    claimed("a", 1);

    clock.advance(LEASE.minusSeconds(5));
    assertThat(claimed("b", 1)).isEmpty();
    clock.advance(Duration.ofSeconds(6));

    claim("b", 1).body("[0].event_id", equalTo(id)).body("[0].attempt", equalTo(2));
  }

  @Test
  void leasesADoneEventNeverAgain() {
    String id = store("invoice.paid");
    claimed("a", 1);

    complete(id).statusCode(204);
    complete(id).statusCode(204);
    clock.advance(LEASE.multipliedBy(100));

    assertThat(claimed("b", 1)).isEmpty();
    send(event(id, "invoice.paid")).statusCode(200);
    assertThat(claimed("b", 1)).isEmpty();
  }

  @Test
  void waitsAfterAFailedAttempt() {
    String id = store("invoice.paid");
    claimed("a", 1);

    fail(id, "the customer is not known yet").statusCode(204);

    assertThat(claimed("a", 1)).isEmpty();
    clock.advance(Duration.ofSeconds(3));
    claim("a", 1).body("[0].attempt", equalTo(2));
  }

  @Test
  void parksAnEventWithTheReasonAfterTheLastAttempt() {
    String id = store("invoice.paid");
    for (int attempt = 1; attempt <= 17; attempt++) {
      claim("a", 1).body("[0].attempt", equalTo(attempt));
      fail(id, "reason " + attempt).statusCode(204);
      clock.advance(Duration.ofHours(1));
    }

    assertThat(claimed("a", 1)).isEmpty();
    assertThat(column("state || ': ' || parked_reason", id)).containsExactly("PARKED: reason 17");
  }

  @Test
  void triesAnEventForMoreThanAnHourOfOutage() {
    String id = store("invoice.paid");
    Duration tried = Duration.ZERO;
    for (Duration step = Duration.ofSeconds(30); tried.toMinutes() < 75; tried = tried.plus(step)) {
      if (!claimed("a", 1).isEmpty()) {
        fail(id, "no answer").statusCode(204);
      }
      clock.advance(step);
    }

    assertThat(column("state", id)).containsExactly("PENDING");
    clock.advance(Duration.ofMinutes(10));
    assertThat(claimed("a", 1)).containsExactly(id);
    complete(id).statusCode(204);
  }

  @Test
  void parksAnEventAtOnceWhenItFailedForGood() {
    String id = store("invoice.paid");
    claimed("a", 1);

    invoices()
        .body("{\"reason\":\"data.object is not an object\",\"permanent\":true}")
        .post("/internal/settlement/webhook-events/{event}/failure", id)
        .then()
        .statusCode(204);

    clock.advance(Duration.ofHours(1));
    assertThat(claimed("a", 1)).isEmpty();
    assertThat(column("state || attempts || ': ' || parked_reason", id))
        .containsExactly("PARKED1: data.object is not an object");
  }

  @Test
  void parksAnEventWhoseWorkersNeverComeBack() {
    String id = store("invoice.paid");
    for (int attempt = 1; attempt <= 17; attempt++) {
      assertThat(claimed("a", 1)).containsExactly(id);
      clock.advance(LEASE.plusSeconds(1));
    }

    assertThat(claimed("a", 1)).isEmpty();
    assertThat(column("state || ': ' || parked_reason", id))
        .containsExactly("PARKED: the lease of the last attempt ran out");
  }

  @Test
  void takesALateCompletionOfAParkedEvent() {
    String id = store("invoice.paid");
    for (int attempt = 1; attempt <= 17; attempt++) {
      claimed("a", 1);
      fail(id, "reason").statusCode(204);
      clock.advance(Duration.ofHours(1));
    }

    complete(id).statusCode(204);

    assertThat(column("state", id)).containsExactly("DONE");
  }

  @Test
  void ignoresAFailureOfWhatNobodyWorksOn() {
    String waiting = store("invoice.paid");
    fail(waiting, "early").statusCode(204);
    assertThat(column("state || attempts", waiting)).containsExactly("PENDING0");

    claimed("a", 1);
    complete(waiting).statusCode(204);
    fail(waiting, "late").statusCode(204);
    assertThat(column("state", waiting)).containsExactly("DONE");
  }

  @Test
  void keepsALongReasonShort() {
    String id = store("invoice.paid");
    claimed("a", 1);

    fail(id, "x".repeat(5000)).statusCode(204);

    assertThat(column("length(last_failure)", id)).containsExactly("500");
  }

  @Test
  void knowsNoEventThatWasNotStored() {
    complete(newEventId()).statusCode(404);
    fail(newEventId(), "x").statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"worker\":\"\",\"limit\":1,\"lease_ms\":1000}",
        "{\"worker\":\"a\",\"limit\":0,\"lease_ms\":1000}",
        "{\"worker\":\"a\",\"limit\":101,\"lease_ms\":1000}",
        "{\"worker\":\"a\",\"limit\":1,\"lease_ms\":0}",
        "{\"worker\":\"a\",\"limit\":1,\"lease_ms\":3600001}"
      })
  void refusesAClaimOutOfBounds(String body) {
    invoices().body(body).post(CLAIMS).then().statusCode(400).body("code", equalTo("BAD_REQUEST"));
  }

  private static String store(String type) {
    String id = newEventId();
    send(event(id, type)).statusCode(200);
    return id;
  }

  private static ValidatableResponse claim(String worker, int limit) {
    return invoices()
        .body(
            "{\"worker\":\"%s\",\"limit\":%d,\"lease_ms\":%d}"
                .formatted(worker, limit, LEASE.toMillis()))
        .post(CLAIMS)
        .then()
        .statusCode(200);
  }

  private static List<String> claimed(String worker, int limit) {
    return claim(worker, limit).extract().path("event_id");
  }

  private static List<String> claimedAbout(String what) {
    return invoices()
        .body(CLAIM)
        .post(CLAIMS + "?about=" + what)
        .then()
        .statusCode(200)
        .extract()
        .path("event_id");
  }

  private static ValidatableResponse complete(String id) {
    return invoices().post("/internal/settlement/webhook-events/{event}/completion", id).then();
  }

  private static ValidatableResponse fail(String id, String reason) {
    return invoices()
        .body("{\"reason\":\"%s\"}".formatted(reason))
        .post("/internal/settlement/webhook-events/{event}/failure", id)
        .then();
  }

  private static List<String> column(String expression, String id) {
    return Database.column(
        "SELECT %s FROM stripe_events WHERE event_id = '%s'".formatted(expression, id));
  }
}
