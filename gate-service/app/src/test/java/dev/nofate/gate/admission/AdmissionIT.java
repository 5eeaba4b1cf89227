package dev.nofate.gate.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@GateTest
class AdmissionIT {

  @Test
  void theRequestAboveTheLimitIsRefusedWithItsState() {
    Client client = Client.fresh("{\"name\":\"small\",\"rate_limit_per_minute\":3}").withRuleset();
    for (int i = 0; i < 3; i++) {
      client
          .evaluate(Client.freshKey(), Client.transfer(i))
          .then()
          .statusCode(200)
          .header("RateLimit-Policy", "\"tenant\";q=3;w=60");
    }
    for (int i = 0; i < 5; i++) {
      client
          .evaluate(Client.freshKey(), Client.transfer(i))
          .then()
          .statusCode(429)
          .contentType("application/problem+json")
          .header("Retry-After", notNullValue())
          .header("RateLimit", notNullValue())
          .body("code", equalTo("RATE_LIMIT_EXCEEDED"))
          .body("state", equalTo("NO_DETERMINISTIC_OUTCOME"));
    }
    assertThat(refusals(client, "rate_limit_exceeded")).isEqualTo(5);
  }

  @Test
  void aSuspendedTenantIsHeldAndItsReadsGoOn() {
    Client client = Client.fresh().withRuleset();
    String key = Client.freshKey();
    String body = Client.transfer(1);
    Response first = client.evaluate(key, body);
    Neighbours.standing(client.tenant(), "SUSPENDED");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> client.evaluate(Client.freshKey(), Client.transfer(2)).statusCode() == 402);
    client
        .evaluate(Client.freshKey(), Client.transfer(2))
        .then()
        .statusCode(402)
        .body("code", equalTo("BILLING_HOLD"))
        .body("state", equalTo("NO_DETERMINISTIC_OUTCOME"));
    assertThat(client.evaluate(key, body).asString()).isEqualTo(first.asString());
    client.request().get("/v1/evaluations/" + first.path("evaluation_id")).then().statusCode(200);
    Neighbours.standing(client.tenant(), "ACTIVE");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> client.evaluate(Client.freshKey(), Client.transfer(3)).statusCode() == 200);
    assertThat(refusals(client, "billing_hold")).isPositive();
  }

  @Test
  void duplicatesInFlightAreDecidedOnce() {
    Client client = Client.fresh().withRuleset();
    String key = Client.freshKey();
    String body = Client.transfer(1);
    Neighbours.appendDelayMs(300);
    try {
      List<Response> responses =
          IntStream.range(0, 6)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> client.evaluate(key, body)))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(responses).extracting(Response::statusCode).contains(200).isSubsetOf(200, 409);
      assertThat(responses)
          .filteredOn(response -> response.statusCode() == 409)
          .allMatch(response -> response.path("code").equals("IN_PROGRESS"));
    } finally {
      Neighbours.appendDelayMs(0);
    }
    assertThat(Neighbours.chain(client.tenant()))
        .filteredOn(event -> event.get("type").textValue().equals("usage_recorded"))
        .hasSize(1);
  }

  /** The recorded windows' counts, once they have come to the log. */
  private static long refusals(Client client, String type) {
    return await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> count(client, type), count -> count > 0);
  }

  private static long count(Client client, String type) {
    return Neighbours.chain(client.tenant()).stream()
        .filter(event -> event.get("type").textValue().equals(type))
        .mapToLong(AdmissionIT::countOf)
        .sum();
  }

  private static long countOf(JsonNode event) {
    return event.at("/payload/count").asLong();
  }
}
