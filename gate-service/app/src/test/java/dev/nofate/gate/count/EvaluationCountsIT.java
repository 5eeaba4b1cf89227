package dev.nofate.gate.count;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import dev.nofate.kit.servicetoken.ServiceTokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@GateTest
class EvaluationCountsIT {

  private static final Instant FROM = Instant.now().minus(Duration.ofMinutes(1));
  private static final Instant TO = FROM.plus(Duration.ofHours(1));

  @Test
  void countsTheAnswersWhoseLastEventStandsInTheRange() {
    Client client = Client.fresh().withRuleset();
    JsonPath first = client.evaluate(Client.freshKey(), Client.transfer(1)).jsonPath();
    JsonPath second = client.evaluate(Client.freshKey(), Client.transfer(2)).jsonPath();
    client.evaluate(Client.freshKey(), "no json");
    long one = first.getLong("audit.last_seq");
    long two = second.getLong("audit.last_seq");

    assertThat(count(client, 1, 1_000_000)).isEqualTo(3);
    assertThat(count(client, 1, one)).isEqualTo(1);
    assertThat(count(client, one + 1, two)).isEqualTo(1);
    assertThat(count(client, one + 1, two - 1)).isZero();
    assertThat(count(Client.fresh(), 1, 1_000_000)).isZero();
  }

  @Test
  void saysHowFarTheStoredAnswersReachAndHowFarTheLogDoes() {
    Client client = Client.fresh().withRuleset();
    assertThat(end(client).getLong("last_place")).isZero();
    client.evaluate(Client.freshKey(), Client.transfer(1));
    long last =
        client.evaluate(Client.freshKey(), Client.transfer(2)).jsonPath().getLong("audit.last_seq");

    assertThat(end(client).getLong("last_place")).isEqualTo(last);
    assertThat(end(client).getLong("log_end")).isEqualTo(last);

    Neighbours.cut(client.tenant(), 3);

    assertThat(end(client).getLong("last_place")).isEqualTo(last);
    assertThat(end(client).getLong("log_end")).isEqualTo(last - 3);

    Neighbours.cut(client.tenant(), (int) last - 3);

    assertThat(end(client).getLong("log_end")).isZero();
  }

  @Test
  void countsWithoutTheLogToo() {
    Client client = Client.fresh().withRuleset();
    client.evaluate(Client.freshKey(), Client.transfer(1));
    Neighbours.auditDown(true);
    try {
      assertThat(count(client, 1, 1_000_000)).isEqualTo(1);
      assertThat(end(client).getString("log_end")).isNull();
    } finally {
      Neighbours.auditDown(false);
    }
  }

  @Test
  void isForBillingServiceAlone() {
    Client client = Client.fresh();

    assertThat(ask("meter-worker", client, 1, 9, FROM.toString()).statusCode()).isEqualTo(403);
    assertThat(client.request().get("/internal/evaluation-counts/" + client.tenant()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void refusesATimeThatIsNone() {
    assertThat(ask("billing-service", Client.fresh(), 1, 9, "yesterday").statusCode())
        .isEqualTo(400);
  }

  private static long count(Client client, long first, long last) {
    return ask("billing-service", client, first, last, FROM.toString())
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getLong("evaluations");
  }

  private static JsonPath end(Client client) {
    return ask("billing-service", client, 1, 1, FROM.toString()).jsonPath();
  }

  private static Response ask(String service, Client client, long first, long last, String from) {
    String token =
        ServiceTokens.mint(
            ServiceTokens.readKey(PartsTestResource.keyDirectory().resolve(service + ".pem")),
            service,
            "nofate-local",
            Duration.ofMinutes(5));
    return given()
        .header("Authorization", "Bearer " + token)
        .queryParam("first_seq", first)
        .queryParam("last_seq", last)
        .queryParam("from", from)
        .queryParam("to", TO.toString())
        .get("/internal/evaluation-counts/" + client.tenant());
  }
}
