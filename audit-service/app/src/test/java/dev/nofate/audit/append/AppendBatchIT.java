package dev.nofate.audit.append;

import static dev.nofate.audit.fixture.Client.event;
import static dev.nofate.audit.fixture.Client.newId;
import static dev.nofate.audit.fixture.Client.request;
import static dev.nofate.audit.fixture.Client.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.nofate.audit.fixture.Client;
import dev.nofate.audit.fixture.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Several appends in one request: one transaction, each with its own id. */
@QuarkusTest
class AppendBatchIT {

  private final UUID tenant = newId();

  @Test
  void writesAllInOrderInOneTransaction() {
    JsonPath receipts = send(appends(100)).then().statusCode(200).extract().jsonPath();

    List<Integer> expected = java.util.stream.IntStream.rangeClosed(1, 100).boxed().toList();
    assertThat(receipts.getList("first_seq")).isEqualTo(expected);
    assertThat(receipts.getList("replayed", Boolean.class)).hasSize(100).containsOnly(false);
    assertThat(
            Database.column(
                "SELECT DISTINCT xmin FROM audit.audit_events WHERE tenant_id = ?", tenant))
        .hasSize(1);
    assertThat(Client.reader(tenant).post("/v1/audit/verify").jsonPath().getBoolean("valid"))
        .isTrue();
  }

  @Test
  void answersTheKnownOnesWithWhatWasRecordedAndWritesTheOthers() {
    List<Map<String, ?>> appends = appends(3);
    Client.append(appends.get(1)).then().statusCode(200);

    send(appends)
        .then()
        .statusCode(200)
        .body("replayed", equalTo(List.of(false, true, false)))
        .body("first_seq", equalTo(List.of(2, 1, 3)))
        .body("[1].recorded", hasSize(1))
        .body("[0].recorded", hasSize(0));
    send(appends)
        .then()
        .statusCode(200)
        .body("replayed", equalTo(List.of(true, true, true)))
        .body("first_seq", equalTo(List.of(2, 1, 3)));
    assertThat(Database.column("SELECT seq FROM audit.audit_events WHERE tenant_id = ?", tenant))
        .hasSize(3);
  }

  @Test
  void writesNothingWhenOneOfThemIsRefused() {
    List<Map<String, ?>> appends = appends(2);
    refused("the body is absent or empty", List.of());
    refused("the body holds more than 100 appends", appends(101));
    refused("an append_id stands twice", List.of(appends.get(0), appends.get(0)));
    refused(
        "the appends are of more than one tenant",
        List.of(appends.get(0), request(newId(), List.of(event("admin_action", Map.of())))));
    Map<String, Object> fence = new HashMap<>(appends.get(1));
    fence.put("not_before", "2020-01-01T00:00:00Z");
    refused("appends/1: not_before is present", List.of(appends.get(0), fence));
    refused(
        "appends/1: events is absent or empty",
        List.of(appends.get(0), request(tenant, List.of())));

    assertThat(Database.column("SELECT seq FROM audit.audit_events WHERE tenant_id = ?", tenant))
        .isEmpty();
  }

  @Test
  void answersThatTheLogIsNotWritable() {
    List<Map<String, ?>> appends = appends(2);
    Database.tamper("REVOKE INSERT ON audit_appends FROM audit_app");
    try {
      send(appends)
          .then()
          .statusCode(503)
          .header("Retry-After", notNullValue())
          .body("code", equalTo("AUDIT_UNAVAILABLE"));
    } finally {
      Database.tamper("GRANT INSERT ON audit_appends TO audit_app");
    }
    send(appends).then().statusCode(200).body("replayed", equalTo(List.of(false, false)));
  }

  @Test
  void servesTheServicesOfTheSuiteAndNobodyElse() {
    service("audit-service")
        .contentType(ContentType.JSON)
        .body(appends(1))
        .post("/internal/audit/append-batches")
        .then()
        .statusCode(403);
  }

  private void refused(String detail, List<? extends Map<String, ?>> appends) {
    send(appends).then().statusCode(400).body("detail", equalTo(detail));
  }

  private List<Map<String, ?>> appends(int count) {
    List<Map<String, ?>> appends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      appends.add(request(tenant, List.of(event("admin_action", Map.of("n", i)))));
    }
    return appends;
  }

  private static Response send(List<? extends Map<String, ?>> appends) {
    return service("gate-service")
        .contentType(ContentType.JSON)
        .body(appends)
        .post("/internal/audit/append-batches");
  }
}
