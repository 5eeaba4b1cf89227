package dev.nofate.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@BillingParts
class StripeEventRetentionIT {

  private final String mark = "evt_" + UUID.randomUUID().toString().replace("-", "") + "_";

  @Inject StripeEventRetention retention;

  @AfterEach
  void leaveNothing() {
    Database.tamper("DELETE FROM stripe_events WHERE event_id LIKE '%s%%'".formatted(mark));
  }

  @Test
  void forgetsWhatIsFinishedAndOldAndNothingElse() {
    stored("old", 91, "state = 'DONE'");
    stored("young", 89, "state = 'DONE'");
    stored("waiting", 91, "state = 'PENDING'");
    stored("parked", 91, "state = 'PARKED', parked_reason = 'UNKNOWN_CUSTOMER'");

    retention.forget();

    assertThat(kept()).containsExactly("parked", "waiting", "young");
  }

  @Test
  void cannotBeToldToForgetWhatIsYoung() {
    stored("young", 29, "state = 'DONE'");
    stored("older", 31, "state = 'DONE'");

    Database.column("SELECT forget_events(now() + interval '1 day', 1000)::text");

    assertThat(kept()).containsExactly("young");
  }

  private List<String> kept() {
    return Database.column(
        "SELECT substr(event_id, %d) FROM stripe_events WHERE event_id LIKE '%s%%' ORDER BY 1"
            .formatted(mark.length() + 1, mark));
  }

  private void stored(String name, int daysAgo, String as) {
    Database.tamper(
        "INSERT INTO stripe_events (event_id, type, payload, received_at, next_attempt_at)"
            + " VALUES ('%1$s', 'invoice.paid', '{}', now() - interval '%2$d days', now() + interval '1 day');"
                .formatted(mark + name, daysAgo)
            + "UPDATE stripe_events SET %s WHERE event_id = '%s'".formatted(as, mark + name));
  }
}
