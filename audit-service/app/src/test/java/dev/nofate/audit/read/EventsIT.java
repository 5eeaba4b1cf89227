package dev.nofate.audit.read;

import static dev.nofate.audit.fixture.Client.append;
import static dev.nofate.audit.fixture.Client.event;
import static dev.nofate.audit.fixture.Client.grow;
import static dev.nofate.audit.fixture.Client.key;
import static dev.nofate.audit.fixture.Client.newId;
import static dev.nofate.audit.fixture.Client.reader;
import static dev.nofate.audit.fixture.Client.request;
import static dev.nofate.audit.fixture.Client.service;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.EventTime;
import dev.nofate.audit.fixture.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EventsIT {

  private final UUID tenant = newId();

  @Test
  void walksAChainPageByPage() {
    grow(tenant, 25);
    List<Integer> seen = new ArrayList<>();
    String after = "0";
    int pages = 0;
    while (after != null) {
      JsonPath page =
          reader(tenant)
              .queryParam("limit", 10)
              .queryParam("after", after)
              .get("/v1/audit/events")
              .jsonPath();
      seen.addAll(page.getList("items.seq"));
      after = page.getString("next");
      pages++;
    }

    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(25).isSorted().doesNotHaveDuplicates().startsWith(1);
  }

  @Test
  void endsThePagesWhereTheChainEnds() {
    grow(tenant, 10);

    reader(tenant)
        .queryParam("limit", 10)
        .get("/v1/audit/events")
        .then()
        .body("items", hasSize(10), "next", nullValue());
  }

  @Test
  void filtersByTypeAndSubject() {
    UUID subject = newId();
    append(
        request(
            tenant,
            List.of(
                Map.of("type", "request_received", "subject", subject, "payload", Map.of()),
                Map.of("type", "gate_failed", "subject", newId(), "payload", Map.of()),
                Map.of("type", "gate_failed", "subject", subject, "payload", Map.of()),
                event("usage_recorded", Map.of()))));

    assertThat(seqs("type=gate_failed")).containsExactly(2, 3);
    assertThat(seqs("type=gate_failed&type=usage_recorded")).containsExactly(2, 3, 4);
    assertThat(seqs("type=request_received")).containsExactly(1);
    assertThat(seqs("subject=" + subject)).containsExactly(1, 3);
    assertThat(
            seqs(
                "subject="
                    + subject.toString().toUpperCase(java.util.Locale.ROOT)
                    + "&type=gate_failed"))
        .containsExactly(3);
    assertThat(seqs("type=period_closed")).isEmpty();
  }

  @Test
  void findsTimesInAChainOfAnyLengthHalfOpen() {
    Instant start = Instant.parse("2026-11-23T10:00:00Z");
    grow(tenant, 40);
    // A chain whose events lie ten to a second, hashes aside.
    Database.tamper(
        "UPDATE audit_events SET at = ?::timestamptz + ((seq - 1) / 10) * interval '1 second' WHERE tenant_id = ?",
        start.toString(),
        tenant);

    assertThat(seqs("from=" + start.plusSeconds(1))).hasSize(30).startsWith(11);
    assertThat(seqs("to=" + start.plusSeconds(1))).hasSize(10).endsWith(10);
    assertThat(seqs("from=" + start.plusSeconds(1) + "&to=" + start.plusSeconds(3)))
        .hasSize(20)
        .startsWith(11)
        .endsWith(30);
    assertThat(seqs("from=" + start.minusSeconds(1))).hasSize(40);
    assertThat(seqs("from=" + start.plusSeconds(4))).isEmpty();
    assertThat(seqs("to=" + start)).isEmpty();
    assertThat(seqs("from=" + start.plusSeconds(1) + "&after=25")).startsWith(26);
    assertThat(seqs("from=" + start.plusNanos(1000))).startsWith(11);
  }

  @Test
  void findsTimesInAnEmptyChain() {
    assertThat(seqs("from=2026-11-23T10:00:00Z&to=2026-11-24T10:00:00Z")).isEmpty();
  }

  @Test
  void namesTheHeadOfAnEmptyAndOfAFilledChain() {
    reader(tenant)
        .get("/v1/audit/head")
        .then()
        .statusCode(200)
        .body("seq", is(0), "at", nullValue(), "tenant", equalTo(tenant.toString()))
        .body("hash", equalTo(ChainHash.genesis(tenant).hex()));
    grow(tenant, 3);

    JsonPath head = reader(tenant).get("/v1/audit/head").jsonPath();
    JsonPath events = reader(tenant).get("/v1/audit/events").jsonPath();
    assertThat(head.getLong("seq")).isEqualTo(3);
    assertThat(head.getString("hash")).isEqualTo(events.getString("items[2].hash"));
    assertThat(EventTime.parse(head.getString("at"))).isBeforeOrEqualTo(Instant.now());
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit is not between 1 and 1000",
    "limit=1001, limit is not between 1 and 1000",
    "limit=many, limit was not understood",
    "after=-1, after is negative",
    "after=x, after was not understood",
    "type=made_up, type was not understood",
    "subject=1-1-1-1-1, subject was not understood",
    "from=yesterday, from was not understood",
    "to=2026-11-23, to was not understood",
    "from=2026-11-23T10:00:01Z&to=2026-11-23T10:00:00Z, to is before from"
  })
  void namesTheParameterThatWasNotUnderstood(String query, String observed) {
    reader(tenant)
        .get("/v1/audit/events?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("BAD_REQUEST"), "detail", equalTo("The parameter " + observed));
  }

  @Test
  void showsATenantNothingOfAnother() {
    grow(tenant, 5);
    UUID other = newId();

    assertThat(reader(other).get("/v1/audit/events").asString())
        .isEqualTo(reader(newId()).get("/v1/audit/events").asString());
    reader(other).get("/v1/audit/events?tenant=" + tenant).then().body("items", hasSize(0));
    assertThat(reader(other).get("/v1/audit/export").asString()).isEmpty();
    reader(other).post("/v1/audit/verify").then().body("valid", is(true), "events", is(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/audit/events", "/v1/audit/head", "/v1/audit/export"})
  void readsForKeysOfTheScopeAlone(String path) {
    given().get(path).then().statusCode(401).body("code", equalTo("UNAUTHORIZED"));
    given().header("x-api-key", "nf_test_unknown").get(path).then().statusCode(401);
    service("gate-service").get(path).then().statusCode(401);
    key(tenant, "evaluate").get(path).then().statusCode(403).body("code", equalTo("FORBIDDEN"));
    key(tenant, "audit:read").get(path).then().statusCode(200);
  }

  @Test
  void listsChainsAndTheirEventsForServices() {
    UUID second = newId();
    grow(tenant, 2);
    grow(second, 12);

    List<String> tenants = new ArrayList<>();
    String after = null;
    do {
      var ask = service("meter-worker").queryParam("limit", 100);
      JsonPath page =
          (after == null ? ask : ask.queryParam("after", after))
              .get("/internal/audit/chains")
              .jsonPath();
      tenants.addAll(page.getList("items.tenant"));
      after = page.getString("next");
    } while (after != null);
    assertThat(tenants)
        .isSorted()
        .doesNotHaveDuplicates()
        .contains(tenant.toString(), second.toString());

    service("meter-worker")
        .get("/internal/audit/chains/{tenant}/events?after=5&limit=3&type=usage_recorded", second)
        .then()
        .statusCode(200)
        .body("items.seq", equalTo(List.of(6, 7, 8)), "next", equalTo("8"));
  }

  @Test
  void listsChainsAlthoughTheLastRowOfOneWasEdited() {
    grow(tenant, 2);
    Database.tamper(
        "UPDATE audit_events SET at = 'infinity' WHERE tenant_id = ? AND seq = 2", tenant);

    service("meter-worker")
        .queryParam("after", new UUID(tenant.getMostSignificantBits() - 1, 0))
        .get("/internal/audit/chains")
        .then()
        .statusCode(200)
        .body("items.find { it.tenant == '" + tenant + "' }.at", equalTo("infinity"));
    reader(tenant).get("/v1/audit/head").then().statusCode(200).body("seq", is(2));
  }

  @Test
  void aPageGoesOnBehindRowsThatAreGone() {
    grow(tenant, 60);
    Database.tamper(
        "DELETE FROM audit_events WHERE tenant_id = ? AND seq BETWEEN 5 AND 40", tenant);

    service("meter-worker")
        .get("/internal/audit/chains/{tenant}/events?after=2&limit=5", tenant)
        .then()
        .statusCode(200)
        .body("items.seq", equalTo(List.of(3, 4, 41, 42, 43)), "next", equalTo("43"));
    service("meter-worker")
        .get("/internal/audit/chains/{tenant}/events?after=10&limit=5", tenant)
        .then()
        .statusCode(200)
        .body("items.seq", equalTo(List.of(41, 42, 43, 44, 45)));
  }

  @Test
  void whatServicesReadIsNotCompressed() {
    grow(tenant, 60);

    service("meter-worker")
        .header("Accept-Encoding", "gzip")
        .get("/internal/audit/chains/{tenant}/events?after=0&limit=60", tenant)
        .then()
        .statusCode(200)
        .header("Content-Encoding", nullValue())
        .body("items", hasSize(60));
    reader(tenant)
        .header("Accept-Encoding", "gzip")
        .get("/v1/audit/events?limit=60")
        .then()
        .statusCode(200)
        .header("Content-Encoding", is("gzip"))
        .body("items", hasSize(60));
  }

  @Test
  void listsChainsForServicesAlone() {
    given().get("/internal/audit/chains").then().statusCode(401);
    reader(tenant).get("/internal/audit/chains").then().statusCode(401);
    service("invoice-worker").get("/internal/audit/chains").then().statusCode(403);
    service("invoice-worker")
        .get("/internal/audit/chains/{tenant}/events", tenant)
        .then()
        .statusCode(403);
    service("meter-worker").get("/internal/audit/chains?limit=1001").then().statusCode(400);
    service("meter-worker").get("/internal/audit/chains?after=x").then().statusCode(400);
    service("meter-worker").get("/internal/audit/chains/x/events").then().statusCode(404);
  }

  private List<Integer> seqs(String query) {
    return reader(tenant)
        .get("/v1/audit/events?" + query)
        .then()
        .statusCode(200)
        .extract()
        .path("items.seq");
  }
}
