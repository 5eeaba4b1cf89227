package dev.nofate.billing.webhook;

import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.operator;
import static dev.nofate.billing.standin.Calls.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@BillingParts
class ReplayIT {

  private final String event = "evt_" + UUID.randomUUID().toString().replace("-", "");

  @AfterEach
  void leaveNothingToWorkOn() {
    Database.tamper(
        "UPDATE stripe_events SET state = 'DONE', lease_owner = NULL, lease_until = NULL,"
            + " parked_reason = NULL WHERE event_id = '%s'".formatted(event));
  }

  @Test
  void letsAParkedEventWaitAnew() {
    stored("state = 'PARKED', attempts = 8, parked_reason = 'UNKNOWN_CUSTOMER'");
    operator()
        .get("/v1/billing/webhooks?limit=200")
        .then()
        .statusCode(200)
        .body("items.event_id", hasItem(event));

    replay(204);

    assertThat(state()).isEqualTo("PENDING 0");
  }

  @Test
  void letsAFinishedEventBeWorkedOffAgain() {
    stored("state = 'DONE', attempts = 1");

    replay(204);

    assertThat(state()).isEqualTo("PENDING 0");
  }

  @Test
  void leavesAnEventThatIsWorkedOn() {
    stored(
        "state = 'LEASED', attempts = 1, lease_owner = 'w', lease_until = now() + interval '1 hour'");

    replay(204);

    assertThat(state()).isEqualTo("LEASED 1");
  }

  @Test
  void knowsNoOtherEvent() {
    replay(404);
  }

  @Test
  void obeysTheOperatorAlone() {
    reader(newAccount()).get("/v1/billing/webhooks").then().statusCode(403);
    reader(newAccount()).post("/v1/billing/webhooks/" + event + "/replay").then().statusCode(403);
  }

  private void replay(int status) {
    operator().post("/v1/billing/webhooks/" + event + "/replay").then().statusCode(status);
  }

  private void stored(String as) {
    Database.tamper(
        "INSERT INTO stripe_events (event_id, type, payload, received_at, next_attempt_at)"
            + " VALUES ('%s', 'invoice.paid', '{}', now(), now() + interval '1 day')"
                .formatted(event));
    Database.tamper("UPDATE stripe_events SET %s WHERE event_id = '%s'".formatted(as, event));
  }

  private String state() {
    return Database.column(
            "SELECT state || ' ' || attempts FROM stripe_events WHERE event_id = '%s'"
                .formatted(event))
        .get(0);
  }
}
