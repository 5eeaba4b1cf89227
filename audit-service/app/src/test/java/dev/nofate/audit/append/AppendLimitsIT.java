package dev.nofate.audit.append;

import static dev.nofate.audit.fixture.Client.append;
import static dev.nofate.audit.fixture.Client.event;
import static dev.nofate.audit.fixture.Client.grow;
import static dev.nofate.audit.fixture.Client.newId;
import static dev.nofate.audit.fixture.Client.reader;
import static dev.nofate.audit.fixture.Client.request;
import static dev.nofate.audit.fixture.Client.service;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.nofate.embedded.PartsTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each named limit, at it and one beyond, over HTTP and with its default. */
@QuarkusTest
class AppendLimitsIT {

  /** What stands around the text of {@code {"a":"…"}}. */
  private static final int AROUND = 8;

  @Inject MeterRegistry registry;

  private final UUID tenant = newId();

  @Test
  void takesAPayloadOfTheLargestSizeAndNoneThatIsAByteLonger() {
    append(request(tenant, List.of(payload(65_536)))).then().statusCode(200);
    append(request(tenant, List.of(payload(65_537))))
        .then()
        .statusCode(400)
        .body("detail", equalTo("events/0/payload exceeds 65536 bytes"));
  }

  @Test
  void takesAsManyEventsAsAnAppendMayHoldAndNotOneMore() {
    append(request(tenant, Collections.nCopies(64, payload(20))))
        .then()
        .statusCode(200)
        .body("last_seq", is(64));
    append(request(tenant, Collections.nCopies(65, payload(20)))).then().statusCode(400);
  }

  @Test
  void showsAsManyEventsOnAPageAsIsAllowedAndNotOneMore() {
    grow(tenant, 1_010);

    reader(tenant)
        .get("/v1/audit/events?limit=1000")
        .then()
        .statusCode(200)
        .body("items", hasSize(1_000));
    reader(tenant).get("/v1/audit/events?limit=1001").then().statusCode(400);
  }

  @Test
  void letsAsManyAppendsWaitAsMayWaitAndAnswersTheNextOneAtOnce() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(12);
    List<Future<Response>> answers = new ArrayList<>();
    try (Connection turn = turnTaken()) {
      answers.add(callers.submit(() -> send(1)));
      await().atMost(Duration.ofSeconds(10)).until(() -> blocked() == 1);
      for (int i = 0; i < 10; i++) {
        answers.add(callers.submit(() -> send(100)));
      }
      answers.add(callers.submit(() -> send(24)));
      await().atMost(Duration.ofSeconds(10)).until(() -> queued() == 1_024);

      append(request(tenant, List.of(payload(20))))
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Retry-After", "1")
          .body("code", equalTo("AUDIT_UNAVAILABLE"))
          .body("detail", equalTo("As many appends are waiting as can wait"));
    } finally {
      for (Future<Response> answer : answers) {
        answer.get(1, TimeUnit.MINUTES);
      }
      callers.shutdown();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> queued() == 0);
    append(request(tenant, List.of(payload(20)))).then().statusCode(200);
    reader(tenant).post("/v1/audit/verify").then().body("valid", is(true));
  }

  private Response send(int appends) {
    List<Map<String, ?>> body =
        IntStream.range(0, appends)
            .<Map<String, ?>>mapToObj(i -> request(tenant, List.of(payload(20))))
            .toList();
    return service("gate-service")
        .contentType(ContentType.JSON)
        .body(body)
        .post("/internal/audit/append-batches");
  }

  private double queued() {
    return registry.get("nofate.audit.append.queued").gauge().value();
  }

  private static int blocked() {
    return Integer.parseInt(
        dev.nofate.audit.fixture.Database.column(
                """
                SELECT count(*) FROM pg_stat_activity
                 WHERE usename = 'audit_app' AND wait_event = 'advisory'
                """)
            .get(0));
  }

  private Connection turnTaken() throws Exception {
    Connection connection = PartsTestResource.superuser().connect();
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, tenant.toString());
      lock.execute();
    }
    return connection;
  }

  private static Map<String, ?> payload(int bytes) {
    return event("admin_action", Map.of("a", "x".repeat(bytes - AROUND)));
  }
}
