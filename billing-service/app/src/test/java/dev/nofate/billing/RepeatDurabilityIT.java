package dev.nofate.billing;

import static dev.nofate.billing.standin.Calls.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.net.Webhook;
import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Database;
import dev.nofate.embedded.PartsTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A commit waited for the standby, the primary restarted, and the row shows: whoever meets it is
 * answered when the standby has it, and not before. The standby here is one that never comes.
 */
@QuarkusTest
@BillingParts
class RepeatDurabilityIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String WAITING =
      "SELECT count(*) FROM pg_stat_activity WHERE usename = 'billing_app' AND wait_event = 'SyncRep'";

  @BeforeEach
  void commitsAreSynchronous() {
    Database.tamper("ALTER ROLE billing_app SET synchronous_commit = on");
    connectAnew();
  }

  @AfterEach
  void commitsAreAsTheyWere() {
    standbyIs("");
    Database.tamper("ALTER ROLE billing_app RESET synchronous_commit");
    connectAnew();
  }

  @Test
  void aRepeatedWebhookIsAnsweredWhenTheStandbyHasIt() {
    String body = newEvent();

    waitsForTheStandby(200, () -> webhook(body));
  }

  @Test
  void aRepeatedOfferOfPricesForEverybodyIsAnsweredWhenTheStandbyHasIt() {
    Instant hour =
        Instant.parse("2090-01-01T00:00:00Z")
            .plus(ThreadLocalRandom.current().nextInt(8000), ChronoUnit.HOURS);
    String offer =
        """
        {"effective_from":"%s","nanousd_per_mib_in":1,"nanousd_per_mib_out":1,
         "nanousd_per_gate":1,"nanousd_per_audit_event":1}
        """
            .formatted(hour);

    waitsForTheStandby(201, () -> operator().body(offer).post("/v1/billing/prices"));
  }

  private static void waitsForTheStandby(int status, Supplier<Response> call) {
    call.get().then().statusCode(status);
    standbyIs("nobody");
    untilACommitWaits();

    CompletableFuture<Response> repeat = CompletableFuture.supplyAsync(call);

    await().atMost(PATIENCE).until(() -> repeat.isDone() || waiting() == 2);
    assertThat(repeat).isNotDone();
    standbyIs("");
    assertThat(repeat).succeedsWithin(PATIENCE);
    repeat.join().then().statusCode(status);
  }

  /** The settings that were reloaded take effect a moment later. */
  private static void untilACommitWaits() {
    AtomicReference<CompletableFuture<Response>> write =
        new AtomicReference<>(CompletableFuture.completedFuture(null));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              if (write.get().isDone()) {
                write.set(CompletableFuture.supplyAsync(() -> webhook(newEvent())));
              }
              return waiting() == 1;
            });
  }

  private static int waiting() {
    return Integer.parseInt(Database.column(WAITING).get(0));
  }

  private static String newEvent() {
    return "{\"id\":\"evt_%s\",\"object\":\"event\",\"type\":\"a.type\",\"created\":1,\"data\":{\"object\":{}}}"
        .formatted(UUID.randomUUID().toString().replace("-", ""));
  }

  private static Response webhook(String body) {
    long now = Instant.now().getEpochSecond();
    try {
      return RestAssured.given()
          .header(
              "Stripe-Signature",
              "t=%d,v1=%s"
                  .formatted(
                      now,
                      Webhook.Util.computeHmacSha256(
                          PartsTestResource.STRIPE_WEBHOOK_SECRET, now + "." + body)))
          .contentType("application/json")
          .body(body)
          .post("/webhooks/stripe");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void standbyIs(String name) {
    try (Connection connection = PartsTestResource.superuser().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void connectAnew() {
    Database.tamper(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'billing_app'");
    await().atMost(PATIENCE).until(() -> RestAssured.get("/q/health/ready").statusCode() == 200);
  }
}
