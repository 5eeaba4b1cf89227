package dev.nofate.gate.apikey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GateTest
class RotationIT {

  @Inject LastUse uses;

  private Client client;

  @BeforeEach
  void aTenant() {
    client = Client.fresh();
  }

  @Test
  void bothKeysAreGoodDuringTheOverlapAndOnlyTheNewOneAfterIt() {
    JsonPath old = make("");
    JsonPath fresh = rotate(old, "{\"overlap_s\":2}").then().statusCode(201).extract().jsonPath();
    assertThat(status(old)).isEqualTo(200);
    assertThat(status(fresh)).isEqualTo(200);
    assertThat(fresh.getString("name")).isEqualTo("a key");
    assertThat(fresh.getList("scopes")).isEqualTo(List.of("evaluate"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(status(old)).isEqualTo(401));
    assertThat(status(fresh)).isEqualTo(200);
  }

  @Test
  void withoutOverlapTheOldKeyEndsAtOnce() {
    JsonPath old = make("");
    assertThat(status(old)).isEqualTo(200);
    rotate(old, "{\"overlap_s\":0}").then().statusCode(201);
    assertThat(status(old)).isEqualTo(401);
    rotate(old, "{\"overlap_s\":0}").then().statusCode(409).body("code", equalTo("CONFLICT"));
  }

  @Test
  void noOverlapCarriesAKeyPastItsOwnEndAndTheNewOneInheritsThat() {
    String end = Instant.now().plusSeconds(3600).toString().substring(0, 19) + ".000000Z";
    JsonPath old = make(",\"expires_at\":\"" + end + "\"");
    rotate(old, "{\"overlap_s\":86400}").then().statusCode(201).body("expires_at", equalTo(end));
    client.request().get("/v1/api-keys").then().body("items.expires_at", hasItems(end, end));
    Instant later = Instant.parse(end).plusSeconds(3600);
    rotate(old, "{\"overlap_s\":1,\"expires_at\":\"" + later + "\"}")
        .then()
        .statusCode(201)
        .body("expires_at", equalTo(later.toString().substring(0, 19) + ".000000Z"));
  }

  @Test
  void theRotationIsRecordedWithBothKeysAndBothEnds() {
    JsonPath old = make("");
    JsonPath fresh = rotate(old, "{\"overlap_s\":60}").then().extract().jsonPath();
    assertThat(Neighbours.chain(client.tenant()))
        .last()
        .satisfies(
            event -> {
              assertThat(event.get("type").textValue()).isEqualTo("api_key_rotated");
              assertThat(event.get("subject").textValue()).isEqualTo(fresh.getString("id"));
              assertThat(event.at("/payload/replaces").textValue()).isEqualTo(old.getString("id"));
              assertThat(event.at("/payload/before/expires_at").isNull()).isTrue();
              assertThat(event.at("/payload/after/expires_at").isTextual()).isTrue();
              assertThat(event.toString()).doesNotContain(fresh.getString("key"));
            });
  }

  @Test
  void whatIsNotToBeRotatedIsNot() {
    JsonPath key = make("");
    for (String body :
        List.of("{}", "{\"overlap_s\":-1}", "{\"overlap_s\":2592001}", "{\"overlap_s\":\"1\"}")) {
      rotate(key, body).then().statusCode(400);
    }
    String missing =
        client
            .request()
            .body("{\"overlap_s\":1}")
            .post("/v1/api-keys/" + UUID.randomUUID() + "/rotation")
            .then()
            .statusCode(404)
            .extract()
            .asString();
    String foreign =
        Client.fresh()
            .request()
            .body("{\"overlap_s\":1}")
            .post("/v1/api-keys/" + key.getString("id") + "/rotation")
            .then()
            .statusCode(404)
            .extract()
            .asString();
    assertThat(foreign).isEqualTo(missing);
  }

  @Test
  void withoutTheLogTheOldKeyStaysAndNoNewOneIsGood() {
    JsonPath old = make("");
    Neighbours.auditDown(true);
    try {
      rotate(old, "{\"overlap_s\":0}").then().statusCode(503);
    } finally {
      Neighbours.auditDown(false);
    }
    assertThat(status(old)).isEqualTo(200);
    client.request().get("/v1/api-keys").then().body("items.size()", equalTo(2));
  }

  @Test
  void unknownRevokedAndExpiredKeysAreAnsweredWithTheSameBytesAndHeaders() {
    JsonPath revoked = make("");
    client.request().delete("/v1/api-keys/" + revoked.getString("id")).then().statusCode(204);
    JsonPath expired = make("");
    rotate(expired, "{\"overlap_s\":0}").then().statusCode(201);
    Response unknown = read("nf_test_" + "A".repeat(43));
    for (String key : List.of(revoked.getString("key"), expired.getString("key"), "nf_nonsense")) {
      Response refused = read(key);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.asByteArray()).isEqualTo(unknown.asByteArray());
      assertThat(refused.headers().asList()).hasToString(unknown.headers().asList().toString());
    }
  }

  @Test
  void whenAKeyWasLastUsedIsWrittenLater() {
    JsonPath key = make("");
    client.request().get("/v1/api-keys").then().body(lastUse(key), equalTo(null));
    assertThat(status(key)).isEqualTo(200);
    uses.write().await().atMost(Duration.ofSeconds(10));
    client.request().get("/v1/api-keys").then().body(lastUse(key), notNullValue());
  }

  private static String lastUse(JsonPath key) {
    return "items.find { it.id == '" + key.getString("id") + "' }.last_used_at";
  }

  private Response rotate(JsonPath key, String body) {
    return client.request().body(body).post("/v1/api-keys/" + key.getString("id") + "/rotation");
  }

  private int status(JsonPath key) {
    return read(key.getString("key")).statusCode();
  }

  private static Response read(String key) {
    return given().header("x-api-key", key).get("/v1/evaluations");
  }

  private JsonPath make(String more) {
    return client
        .request()
        .body("{\"name\":\"a key\",\"scopes\":[\"evaluate\"]" + more + "}")
        .post("/v1/api-keys")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }
}
