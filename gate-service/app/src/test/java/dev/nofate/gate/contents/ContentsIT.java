package dev.nofate.gate.contents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stored requests as a verifier takes them. */
@GateTest
class ContentsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Client client;

  @BeforeEach
  void aTenantWithARuleset() {
    client = Client.fresh().withRuleset();
  }

  @Test
  void eachLineIsTheRequestAsItWasSentWithTheSaltOfItsAnswer() throws IOException {
    List<Response> answers = new ArrayList<>();
    List<String> bodies = List.of(Client.transfer(1), " " + Client.transfer(2), "no json");
    bodies.forEach(body -> answers.add(client.evaluate(Client.freshKey(), body)));
    List<JsonNode> lines = lines(fetch(client, null));
    assertThat(lines).hasSize(3);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode answer = JSON.readTree(answers.get(i).asByteArray());
      assertThat(lines.get(i).get("evaluation_id")).isEqualTo(answer.get("evaluation_id"));
      assertThat(lines.get(i).get("received_at")).isEqualTo(answer.get("received_at"));
      assertThat(lines.get(i).get("salt")).isEqualTo(answer.at("/request/salt"));
      assertThat(lines.get(i).get("request_base64").binaryValue())
          .isEqualTo(bodies.get(i).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void manyPagesFlowAsOneAndGoOnBehindALine() {
    for (int i = 1; i <= 45; i++) {
      client.evaluate(Client.freshKey(), Client.transfer(i)).then().statusCode(200);
    }
    List<JsonNode> all = lines(fetch(client, null));
    assertThat(all).hasSize(45);
    assertThat(lines(fetch(client, all.get(19).get("after").textValue())))
        .isEqualTo(all.subList(20, 45));
    assertThat(fetch(client, all.get(44).get("after").textValue()).asString()).isEmpty();
  }

  @Test
  void whatWasErasedIsStatedWithoutARequest() {
    String id = client.evaluate(Client.freshKey(), Client.transfer(1)).path("evaluation_id");
    client.request().delete("/v1/evaluations/" + id + "/content").then().statusCode(200);
    JsonNode line = lines(fetch(client, null)).get(0);
    assertThat(line.get("evaluation_id").textValue()).isEqualTo(id);
    assertThat(line.get("erased").booleanValue()).isTrue();
    assertThat(line.has("request_base64") || line.has("salt")).isFalse();
  }

  @Test
  void anotherTenantsRequestsAndThoseOutsideTheRangeAreNotThere() {
    client.evaluate(Client.freshKey(), Client.transfer(1)).then().statusCode(200);
    assertThat(fetch(Client.fresh(), null).asString()).isEmpty();
    Instant now = Instant.now();
    assertThat(
            client
                .request()
                .queryParam("from", now.plus(Duration.ofHours(1)).toString())
                .queryParam("to", now.plus(Duration.ofHours(2)).toString())
                .get("/v1/evaluations/contents")
                .then()
                .statusCode(200)
                .extract()
                .asString())
        .isEmpty();
  }

  @Test
  void aRangeThatIsNoneAndAKeyWithoutTheScopeAreRefused() {
    for (String query :
        List.of(
            "",
            "?from=2026-01-01T00:00:00Z",
            "?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
            "?from=yesterday&to=2026-01-01T00:00:00Z",
            "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&after=x")) {
      client.request().get("/v1/evaluations/contents" + query).then().statusCode(400);
    }
    String key =
        client
            .request()
            .body("{\"name\":\"agent\",\"scopes\":[\"evaluate\",\"audit:read\"]}")
            .post("/v1/api-keys")
            .path("key");
    assertThat(fetch(new Client(client.tenant(), key), null, 403).statusCode()).isEqualTo(403);
  }

  private static Response fetch(Client client, String after) {
    return fetch(client, after, 200);
  }

  private static Response fetch(Client client, String after, int status) {
    Instant now = Instant.now();
    RequestSpecification request =
        client
            .request()
            .queryParam("from", now.minus(Duration.ofHours(1)).toString())
            .queryParam("to", now.plus(Duration.ofHours(1)).toString());
    if (after != null) {
      request.queryParam("after", after);
    }
    Response answer = request.get("/v1/evaluations/contents");
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    return answer;
  }

  private static List<JsonNode> lines(Response answer) {
    return answer
        .asString()
        .lines()
        .map(
            line -> {
              try {
                return JSON.readTree(line);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }
}
