package dev.nofate.gate.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GateTest
class BatchIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Client client;

  @BeforeEach
  void aTenantWithARuleset() {
    client = Client.fresh().withRuleset();
  }

  @Test
  void eachItemHasItsOwnStateAndEventsAndOneAppendHoldsThemAll() throws Exception {
    String malformed = "{\"ruleset\":\"payments.transfer\",\"ruleset\":1}";
    int before = Neighbours.batches().size();
    JsonNode items =
        items(
            batch(
                item("a", Client.transfer(1)),
                item("b", Client.transfer(9000)),
                item("c", malformed)));
    assertThat(items.findValuesAsText("state"))
        .containsExactly("DETERMINISTIC_COMPLIANCE", "DETERMINISTIC_VIOLATION", "INVALID_INPUT");
    assertThat(items.at("/2/answer/metering/bytes_in").asInt()).isEqualTo(malformed.length());
    assertThat(Neighbours.batches().subList(before, Neighbours.batches().size()))
        .containsExactly(3);
    assertThat(usageEvents()).isEqualTo(3);
  }

  @Test
  void anItemIsAnsweredAsTheSingleEndpointAnswers() throws Exception {
    String body = Client.transfer(7);
    JsonNode item = items(batch(item("k", body))).get(0);
    Response single = client.evaluate("k", body);
    assertThat(single.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(JSON.readTree(single.asByteArray())).isEqualTo(item.get("answer"));
    Response again = batch(item("k", body));
    assertThat(again.asString())
        .contains("\"idempotent_replayed\":true")
        .contains(single.asString());
    assertThat(client.request().get("/v1/evaluations/" + single.path("evaluation_id")).asString())
        .isEqualTo(single.asString());
  }

  @Test
  void aKeyThatOccursTwiceIsARepeatOfItself() throws Exception {
    String body = Client.transfer(7);
    JsonNode items = items(batch(item("k", body), item("k", body), item("k", Client.transfer(8))));
    assertThat(items.get(1).get("answer")).isEqualTo(items.get(0).get("answer"));
    assertThat(items.get(0).get("idempotent_replayed").asBoolean()).isFalse();
    assertThat(items.get(1).get("idempotent_replayed").asBoolean()).isTrue();
    assertThat(items.at("/2/status").asInt()).isEqualTo(422);
    assertThat(items.at("/2/problem/code").textValue()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(usageEvents()).isEqualTo(1);
  }

  @Test
  void anUnusableKeyIsThatItemsProblem() throws Exception {
    JsonNode items = items(batch(item("", Client.transfer(1)), item("ok", Client.transfer(1))));
    assertThat(items.at("/0/status").asInt()).isEqualTo(400);
    assertThat(items.at("/0/problem/code").textValue()).isEqualTo("IDEMPOTENCY_KEY_MISSING");
    assertThat(items.at("/0/problem/detail").textValue())
        .isEqualTo("The item's idempotency_key was not 1 to 255 printable ASCII characters");
    assertThat(items.at("/1/status").asInt()).isEqualTo(200);
  }

  @Test
  void anotherFrameIsRefusedAsAWhole() {
    client
        .request()
        .body("{\"items\":[{\"idempotency_key\":\"k\"}]}")
        .post("/v1/evaluations/batch")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("BAD_REQUEST"));
  }

  @Test
  void aHundredItemsAreDecided() throws Exception {
    String[] hundred =
        IntStream.range(0, 100)
            .mapToObj(i -> item("k" + i, Client.transfer(i)))
            .toArray(String[]::new);
    assertThat(items(batch(hundred)).findValuesAsText("state"))
        .hasSize(100)
        .containsOnly("DETERMINISTIC_COMPLIANCE");
    assertThat(usageEvents()).isEqualTo(100);
  }

  @Test
  void theBatchIsAdmittedWholeOrNotAtAll() throws Exception {
    Client small = Client.fresh("{\"name\":\"small\",\"rate_limit_per_minute\":5}").withRuleset();
    client = small;
    items(batch(item("a", Client.transfer(1)), item("b", Client.transfer(1))));
    Response refused =
        batch(
            IntStream.range(0, 4)
                .mapToObj(i -> item("x" + i, Client.transfer(i)))
                .toArray(String[]::new));
    refused
        .then()
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .body("code", equalTo("RATE_LIMIT_EXCEEDED"));
    assertThat(usageEvents()).isEqualTo(2);
    // What was refused was not counted.
    items(
        batch(
            item("c", Client.transfer(1)),
            item("d", Client.transfer(1)),
            item("e", Client.transfer(1))));
    small.evaluate("f", Client.transfer(1)).then().statusCode(429);
  }

  @Test
  void whenTheLogIsNotWritableNoItemIsAnsweredAndTheRepeatIsDecided() throws Exception {
    String[] batch = {item("a", Client.transfer(1)), item("b", Client.transfer(2))};
    Neighbours.auditDown(true);
    try {
      assertThat(items(batch(batch)).findValuesAsText("code"))
          .containsOnly("AUDIT_UNAVAILABLE")
          .hasSize(2);
    } finally {
      Neighbours.auditDown(false);
    }
    assertThat(items(batch(batch)))
        .extracting(item -> item.get("status").intValue())
        .containsExactly(200, 200);
  }

  @Test
  void itemsThatWereRecordedAndNotStoredAreDerivedAgainByteForByte() throws Exception {
    String[] batch = {item("a", Client.transfer(1)), item("b", Client.transfer(2))};
    String first = batch(batch).asString();
    try (var db = PartsTestResource.superuser().connect();
        var sql = db.createStatement()) {
      for (String table : new String[] {"evaluations", "evaluation_contents"}) {
        sql.executeUpdate(
            "DELETE FROM gate." + table + " WHERE tenant_id = '" + client.tenant() + "'");
      }
    }
    String repeat = batch(batch).asString();
    assertThat(repeat.replace("_replayed\":true", "_replayed\":false")).isEqualTo(first);
    assertThat(usageEvents()).isEqualTo(2);
  }

  private long usageEvents() {
    return Neighbours.chain(client.tenant()).stream()
        .filter(event -> event.get("type").textValue().equals("usage_recorded"))
        .count();
  }

  private Response batch(String... items) {
    return client
        .request()
        .body("{\"items\":[" + String.join(",", items) + "]}")
        .post("/v1/evaluations/batch");
  }

  private static JsonNode items(Response response) throws Exception {
    response.then().statusCode(200);
    return JSON.readTree(response.asString().getBytes(StandardCharsets.UTF_8)).get("items");
  }

  private static String item(String key, String request) {
    return "{\"idempotency_key\":\"" + key + "\",\"request\":" + request + "}";
  }
}
