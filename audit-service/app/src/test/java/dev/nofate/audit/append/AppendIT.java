package dev.nofate.audit.append;

import static dev.nofate.audit.fixture.Client.append;
import static dev.nofate.audit.fixture.Client.event;
import static dev.nofate.audit.fixture.Client.newId;
import static dev.nofate.audit.fixture.Client.request;
import static dev.nofate.audit.fixture.Client.service;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.fixture.Client;
import dev.nofate.audit.fixture.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AppendIT {

  private final UUID tenant = newId();

  @Test
  void givesEventsConsecutivePlacesFromTheGenesis() {
    append(
            request(
                tenant,
                List.of(
                    event("tenant_created", Map.of("name_digest", "sha256:00")),
                    event("admin_action", Map.of()))))
        .then()
        .statusCode(200)
        .body("first_seq", is(1), "last_seq", is(2), "replayed", is(false), "recorded", hasSize(0));

    JsonPath first =
        service("gate-service").get("/internal/audit/chains/" + tenant + "/events").jsonPath();
    assertThat(first.getList("items.seq")).containsExactly(1, 2);
    assertThat(first.getString("items[0].hash"))
        .isNotEqualTo(ChainHash.genesis(tenant).hex())
        .hasSize(64);
    assertThat(first.getMap("items[0]")).containsEntry("subject", null).containsEntry("v", 1);
  }

  @Test
  void answersAKnownAppendIdWithWhatWasRecorded() {
    Map<String, Object> request =
        new HashMap<>(request(tenant, List.of(event("usage_recorded", Map.of("bytes_in", 7)))));
    JsonPath first = append(request).jsonPath();

    request.put("events", List.of(event("billing_hold", Map.of("other", 1))));
    append(request)
        .then()
        .statusCode(200)
        .body("replayed", is(true))
        .body("first_seq", is(1), "last_seq", is(1))
        .body("head_hash", equalTo(first.getString("head_hash")))
        .body("at", equalTo(first.getString("at")))
        .body("recorded", hasSize(1))
        .body("recorded[0].type", equalTo("usage_recorded"))
        .body("recorded[0].payload.bytes_in", is(7));

    assertThat(Database.column("SELECT seq FROM audit.audit_events WHERE tenant_id = ?", tenant))
        .hasSize(1);
  }

  @Test
  void keepsTheSameAppendIdOfTwoTenantsApart() {
    UUID other = newId();
    Map<String, Object> request =
        new HashMap<>(request(tenant, List.of(event("admin_action", Map.of()))));
    append(request).then().body("replayed", is(false));

    request.put("tenant", other);
    append(request).then().statusCode(200).body("replayed", is(false), "first_seq", is(1));
  }

  @Test
  void refusesAnAppendWhoseTimeHasNotCome() {
    Map<String, Object> request =
        new HashMap<>(request(tenant, List.of(event("period_closed", Map.of()))));
    request.put("not_before", "2999-01-01T00:00:00Z");

    append(request)
        .then()
        .statusCode(425)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("code", equalTo("TOO_EARLY"));

    request.put("not_before", "2020-01-01T00:00:00Z");
    append(request).then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"n":9007199254740993}             | events/0/payload: a number is not the one that its canonical form states
          {"n":0.1000000000000000055}        | events/0/payload: a number is not the one that its canonical form states
          {"n":1e999}                        | events/0/payload: a number is not the one that its canonical form states
          {"s":"\\u0000"}                    | events/0/payload holds the character U+0000
          {"\\u0000":1}                      | events/0/payload holds the character U+0000
          {"s":"\\ud800"}                    | events/0/payload: a text holds a lone surrogate
          null                               | events/0/payload is absent
          """)
  void refusesAPayloadThatCannotBeKeptExactly(String payload, String detail) {
    raw(body("\"%s\"".formatted(newId()), payload))
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("BAD_REQUEST"), "detail", equalTo(detail));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "[]",
        "\"text\"",
        "{\"n\":NaN}",
        "{\"n\":01}",
      })
  void refusesAPayloadThatIsNoStrictObject(String payload) {
    raw(body("\"%s\"".formatted(newId()), payload)).then().statusCode(400);
  }

  @Test
  void refusesAPayloadThatIsTooDeepOrTooLong() {
    raw(body("\"%s\"".formatted(newId()), "{\"a\":".repeat(40) + "{}" + "}".repeat(40)))
        .then()
        .statusCode(400);
    raw(body("\"%s\"".formatted(newId()), "{\"a\":\"" + "x".repeat(70_000) + "\"}"))
        .then()
        .statusCode(400)
        .body("detail", equalTo("events/0/payload exceeds 65536 bytes"));
  }

  @Test
  void keepsPayloadsOfEveryShapeExactly() {
    String payload =
        """
        {"é€😀":"\\u0001\\\\u0000\\"/\\u2028","n":[0.1,1e21,-0,1e-7,5e-324,1.7976931348623157e308,9007199254740991],
         "b":{"z":null,"a":true,"Z":[[],{}]}}""";
    raw(body("\"%s\"".formatted(newId()), payload)).then().statusCode(200);

    Client.reader(tenant).post("/v1/audit/verify").then().body("valid", is(true), "events", is(1));
    assertThat(Client.reader(tenant).get("/v1/audit/export").asString())
        .contains(
            "\"n\":[0.1,1e+21,0,1e-7,5e-324,1.7976931348623157e+308,9007199254740991],\"é€😀\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"append_id\":null}",
        "{\"append_id\":\"x\"}",
        "{\"append_id\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"tenant\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"events\":[]}",
        "{\"append_id\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"tenant\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"events\":[null]}",
        "{\"append_id\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"tenant\":\"018F3F6E-7C1A-7000-8000-000000000001\",\"events\":[{}]}",
        "{\"append_id\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"tenant\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"events\":[{\"type\":\"made_up\",\"payload\":{}}]}",
        "{\"append_id\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"tenant\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"events\":[{\"type\":\"admin_action\",\"payload\":{}}],\"not_before\":\"noon\"}",
        "{\"append_id\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"tenant\":\"018f3f6e-7c1a-7000-8000-000000000001\",\"events\":[{\"type\":\"admin_action\",\"payload\":{}}],\"surplus\":1}",
      })
  void refusesARequestOfAnotherForm(String body) {
    raw(body).then().statusCode(400).contentType("application/problem+json");
  }

  @Test
  void answersThatTheLogIsNotWritable() {
    Map<String, ?> request = request(tenant, List.of(event("admin_action", Map.of())));
    Database.tamper("REVOKE INSERT ON audit_events FROM audit_app");
    try {
      append(request)
          .then()
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Retry-After", "1")
          .body("code", equalTo("AUDIT_UNAVAILABLE"))
          .body("detail", equalTo("The database did not confirm the append"));
    } finally {
      Database.tamper("GRANT INSERT ON audit_events TO audit_app");
    }

    append(request).then().statusCode(200).body("replayed", is(false), "first_seq", is(1));
  }

  @Test
  void refusesMoreEventsThanAnAppendMayHold() {
    List<Map<String, ?>> events =
        java.util.Collections.nCopies(65, event("admin_action", Map.of()));

    append(request(tenant, events))
        .then()
        .statusCode(400)
        .body("detail", equalTo("events holds more than 64 events"));
  }

  @Test
  void servesTheServicesOfTheSuiteAndNobodyElse() {
    Map<String, ?> request = request(tenant, List.of(event("admin_action", Map.of())));
    for (String name :
        List.of("gate-service", "billing-service", "meter-worker", "invoice-worker")) {
      service(name)
          .contentType(ContentType.JSON)
          .body(request)
          .post("/internal/audit/appends")
          .then()
          .statusCode(200);
    }
    service("audit-service")
        .contentType(ContentType.JSON)
        .body(request)
        .post("/internal/audit/appends")
        .then()
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
    given()
        .contentType(ContentType.JSON)
        .body(request)
        .post("/internal/audit/appends")
        .then()
        .statusCode(401);
    Client.key(tenant, "admin")
        .contentType(ContentType.JSON)
        .body(request)
        .post("/internal/audit/appends")
        .then()
        .statusCode(401);
  }

  private io.restassured.response.Response raw(String body) {
    return service("gate-service")
        .contentType(ContentType.JSON)
        .body(body)
        .post("/internal/audit/appends");
  }

  private String body(String appendId, String payload) {
    return "{\"append_id\":%s,\"tenant\":\"%s\",\"events\":[{\"type\":\"admin_action\",\"payload\":%s}]}"
        .formatted(appendId, tenant, payload);
  }
}
