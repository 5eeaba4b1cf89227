package dev.nofate.billing.standing;

import static dev.nofate.billing.standin.Calls.customer;
import static dev.nofate.billing.standin.Calls.gate;
import static dev.nofate.billing.standin.Calls.invoices;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newInvoice;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.observe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.contract.AccountStanding;
import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.ShiftedClock;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands.RedisSubscriber;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class StandingIT {

  private static final Duration THREE_DAYS = Duration.ofDays(3);

  @Inject ShiftedClock clock;
  @Inject RedisDataSource redis;

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private RedisSubscriber subscriber;

  @BeforeEach
  void listen() {
    clock.reset();
    subscriber = redis.pubsub(String.class).subscribe(AccountStanding.CHANNEL, messages::add);
  }

  @AfterEach
  void stopListening() {
    subscriber.unsubscribe();
    clock.reset();
  }

  @Test
  void goesFromActiveThroughGraceToSuspendedAndBack() {
    TenantId tenant = newAccount();
    String invoice = newInvoice();

    observe(tenant, invoice, "OPEN")
        .statusCode(200)
        .body("result", equalTo("APPLIED"))
        .body("standing.standing", equalTo("ACTIVE"))
        .body("standing.version", equalTo(0));
    observe(tenant, invoice, "PAYMENT_FAILED")
        .body("result", equalTo("APPLIED"))
        .body("standing.standing", equalTo("GRACE"))
        .body("standing.grace_until", notNullValue())
        .body("standing.version", equalTo(1));
    clock.advance(THREE_DAYS.plusSeconds(1));
    expire().body("suspended", greaterThanOrEqualTo(1));
    assertStanding(tenant, "SUSPENDED", 2);
    observe(tenant, invoice, "PAID")
        .body("result", equalTo("APPLIED"))
        .body("standing.standing", equalTo("ACTIVE"))
        .body("standing.grace_until", nullValue())
        .body("standing.version", equalTo(3));

    assertThat(owed(tenant))
        .extracting(event -> event.getString("type"))
        .containsExactly(
            "invoice_state_changed",
            "invoice_state_changed",
            "standing_changed",
            "standing_changed",
            "invoice_state_changed",
            "standing_changed");
    assertThat(owed(tenant))
        .extracting(event -> event.getJsonObject("payload"))
        .filteredOn(payload -> payload.containsKey("cause"))
        .extracting(
            payload ->
                payload.getString("from") + payload.getString("to") + payload.getString("cause"))
        .containsExactly(
            "ACTIVEGRACEinvoice_payment_failed",
            "GRACESUSPENDEDgrace_period_over",
            "SUSPENDEDACTIVEinvoice_paid");
  }

  @Test
  void publishesEveryChangeAfterItWasCommitted() {
    TenantId tenant = newAccount();
    String invoice = newInvoice();

    observe(tenant, invoice, "PAYMENT_FAILED").statusCode(200);
    observe(tenant, invoice, "PAID").statusCode(200);

    await().until(() -> published(tenant).size() == 2);
    assertThat(published(tenant))
        .extracting(message -> message.getString("standing") + message.getLong("version"))
        .containsExactly("GRACE1", "ACTIVE2");
    assertThat(published(tenant).get(0).getString("grace_until")).endsWith("Z");
    assertThat(published(tenant).get(0).fieldNames())
        .containsExactlyInAnyOrder("tenant", "standing", "grace_until", "version");
  }

  @Test
  void measuresGraceFromTheFirstObservationOfTheFirstFailure() {
    TenantId tenant = newAccount();
    Instant before = Instant.now();
    String until =
        observe(tenant, newInvoice(), "PAYMENT_FAILED").extract().path("standing.grace_until");

    assertThat(Instant.parse(until))
        .isBetween(
            before.plus(THREE_DAYS).minusSeconds(1), Instant.now().plus(THREE_DAYS).plusSeconds(1));
    clock.advance(Duration.ofDays(1));
    observe(tenant, newInvoice(), "PAYMENT_FAILED")
        .body("result", equalTo("APPLIED"))
        .body("standing.grace_until", equalTo(until))
        .body("standing.version", equalTo(1));
  }

  @Test
  void leavesGraceOnlyWhenNothingIsUnpaid() {
    TenantId tenant = newAccount();
    String first = newInvoice();
    String second = newInvoice();
    observe(tenant, first, "PAYMENT_FAILED");
    observe(tenant, second, "UNCOLLECTIBLE");

    observe(tenant, first, "PAID").body("standing.standing", equalTo("GRACE"));
    observe(tenant, second, "VOID").body("standing.standing", equalTo("ACTIVE"));
  }

  @Test
  void doesNotSuspendBeforeGraceIsOver() {
    TenantId tenant = newAccount();
    observe(tenant, newInvoice(), "PAYMENT_FAILED");

    clock.advance(THREE_DAYS.minusMinutes(1));
    expire();

    assertStanding(tenant, "GRACE", 1);
  }

  @Test
  void suspendsOnceForWorkersAtTheSameTime() {
    TenantId tenant = newAccount();
    observe(tenant, newInvoice(), "PAYMENT_FAILED");
    clock.advance(THREE_DAYS.plusSeconds(1));

    Concurrently.run(6, () -> expire().extract().statusCode());

    assertStanding(tenant, "SUSPENDED", 2);
    assertThat(owed(tenant)).hasSize(3);
  }

  @Test
  void suspendsMoreAccountsThanOneTransactionTakes() {
    List<TenantId> tenants = new ArrayList<>();
    for (int i = 0; i < 105; i++) {
      TenantId tenant = newTenant();
      tenants.add(tenant);
      Database.tamper(
          """
          INSERT INTO accounts (tenant_id, stripe_customer_id, standing, grace_since, grace_until, version, created_at)
          VALUES ('%s', '%s', 'GRACE', now() - interval '2 days', now() - interval '1 day', 1, now())
          """
              .formatted(tenant, customer(tenant)));
    }

    expire().body("suspended", greaterThanOrEqualTo(105));

    assertStanding(tenants.get(0), "SUSPENDED", 2);
    assertStanding(tenants.get(104), "SUSPENDED", 2);
  }

  @Test
  void changesNothingWhenTheSameIsObservedAgain() {
    TenantId tenant = newAccount();
    String invoice = newInvoice();
    observe(tenant, invoice, "PAYMENT_FAILED").body("result", equalTo("APPLIED"));

    observe(tenant, invoice, "PAYMENT_FAILED")
        .body("result", equalTo("UNCHANGED"))
        .body("standing.version", equalTo(1));
    observe(tenant, invoice, "OPEN").body("result", equalTo("UNCHANGED"));

    assertThat(owed(tenant)).hasSize(2);
  }

  @Test
  void ignoresAFailureThatArrivesAfterThePayment() {
    TenantId tenant = newAccount();
    String invoice = newInvoice();

    observe(tenant, invoice, "PAID").body("result", equalTo("APPLIED"));
    observe(tenant, invoice, "PAYMENT_FAILED")
        .body("result", equalTo("UNCHANGED"))
        .body("standing.standing", equalTo("ACTIVE"))
        .body("standing.version", equalTo(0));
  }

  @Test
  void appliesAnObservationOnceForWorkersAtTheSameTime() {
    TenantId tenant = newAccount();
    String invoice = newInvoice();

    List<String> results =
        Concurrently.run(
            8, () -> observe(tenant, invoice, "PAYMENT_FAILED").extract().<String>path("result"));

    assertThat(results).containsOnlyOnce("APPLIED").contains("UNCHANGED");
    assertStanding(tenant, "GRACE", 1);
    assertThat(owed(tenant)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void endsTheSameWhateverTheOrderAndRepetition(long seed) {
    TenantId tenant = newAccount();
    String paid = newInvoice();
    String unpaid = newInvoice();
    List<Runnable> deliveries = new ArrayList<>();
    for (int time = 0; time < 2; time++) {
      for (String status : List.of("DRAFT", "OPEN", "PAYMENT_FAILED", "PAID")) {
        deliveries.add(() -> observe(tenant, paid, status).statusCode(200));
      }
      for (String status : List.of("OPEN", "PAYMENT_FAILED", "UNCOLLECTIBLE")) {
        deliveries.add(() -> observe(tenant, unpaid, status).statusCode(200));
      }
    }
    Collections.shuffle(deliveries, new Random(seed));

    deliveries.forEach(Runnable::run);
    clock.advance(THREE_DAYS.plusSeconds(1));
    expire();

    gate()
        .get("/internal/accounts/{tenant}/standing", tenant.toString())
        .then()
        .body("standing", equalTo("SUSPENDED"));
    assertThat(
            Database.column(
                "SELECT status FROM invoices WHERE tenant_id = '%s' ORDER BY status"
                    .formatted(tenant)))
        .containsExactly("PAID", "UNCOLLECTIBLE");
  }

  @Test
  void knowsNoCustomerWithoutAnAccount() {
    observe(newTenant(), newInvoice(), "PAYMENT_FAILED")
        .statusCode(200)
        .body("result", equalTo("UNKNOWN_CUSTOMER"))
        .body("standing", nullValue());
  }

  @Test
  void refusesAnInvoiceThatIsAnotherCustomers() {
    String invoice = newInvoice();
    observe(newAccount(), invoice, "OPEN").statusCode(200);

    observe(newAccount(), invoice, "PAID").statusCode(409).body("code", equalTo("CONFLICT"));
  }

  @Test
  void namesEveryFaultOfAnObservationAtOnce() {
    invoices()
        .body(
            "{\"event_id\":\"1\",\"invoice_id\":\"2\",\"customer_id\":\"3\",\"currency\":\"EUR\"}")
        .post("/internal/settlement/invoice-observations")
        .then()
        .statusCode(400)
        .body("errors", hasSize(6));
  }

  private static ValidatableResponse expire() {
    return invoices().post("/internal/settlement/grace-expirations").then().statusCode(200);
  }

  private static void assertStanding(TenantId tenant, String standing, int version) {
    gate()
        .get("/internal/accounts/{tenant}/standing", tenant.toString())
        .then()
        .statusCode(200)
        .body("standing", equalTo(standing))
        .body("version", equalTo(version));
  }

  private List<JsonObject> published(TenantId tenant) {
    return messages.stream()
        .map(JsonObject::new)
        .filter(message -> message.getString("tenant").equals(tenant.toString()))
        .toList();
  }

  private static List<JsonObject> owed(TenantId tenant) {
    return Database.column(
            """
            SELECT jsonb_build_object('type', type, 'payload', payload)
            FROM audit_outbox WHERE tenant_id = '%s' ORDER BY arrival
            """
                .formatted(tenant))
        .stream()
        .map(JsonObject::new)
        .toList();
  }
}
