package dev.nofate.gate.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GateTest
class HistoryIT {

  private Client client;

  @BeforeEach
  void aTenantWithARuleset() {
    client = Client.fresh().withRuleset();
  }

  @Test
  void pagesCoverEverythingOnceNewestFirst() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(0, client.evaluate(Client.freshKey(), Client.transfer(i)).path("evaluation_id"));
    }
    List<String> listed = new ArrayList<>();
    String next = "";
    do {
      JsonPath page =
          client
              .request()
              .get("/v1/evaluations?limit=3" + (next.isEmpty() ? "" : "&after=" + next))
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      listed.addAll(page.getList("items.evaluation_id"));
      next = page.getString("next");
    } while (next != null);
    assertThat(listed).isEqualTo(made);
  }

  @Test
  void filtersByStateGateRulesetAndTime() {
    client.evaluate(Client.freshKey(), Client.transfer(1));
    client.evaluate(Client.freshKey(), Client.transfer(9999));
    client.evaluate(Client.freshKey(), "no json");
    count("state=DETERMINISTIC_VIOLATION", 1);
    count("state=INVALID_INPUT", 1);
    count("gate=rules", 1);
    count("gate=intake", 1);
    count("ruleset=payments.transfer", 2);
    count("from=2020-01-01T00:00:00Z", 3);
    count("to=2020-01-01T00:00:00Z", 0);
    count("from=2020-01-01T00:00:00%2B02:00&to=2099-01-01T00:00:00Z&state=INVALID_INPUT", 1);
  }

  @Test
  void oddFiltersAreRefused() {
    for (String query :
        List.of(
            "limit=0",
            "limit=101",
            "limit=x",
            "limit=99999999999",
            "state=MAYBE",
            "gate=x",
            "from=yesterday",
            "after=%25%25",
            "after=AAAA")) {
      client
          .request()
          .urlEncodingEnabled(false)
          .get("/v1/evaluations?" + query)
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("code", equalTo("BAD_REQUEST"));
    }
  }

  @Test
  void anEvaluationIsShownAsItWasAnswered() {
    Response answer = client.evaluate(Client.freshKey(), Client.transfer(1));
    Response shown = client.request().get("/v1/evaluations/" + answer.path("evaluation_id"));
    assertThat(shown.asByteArray()).isEqualTo(answer.asByteArray());
    assertThat(shown.contentType()).startsWith("application/json");
  }

  @Test
  void anotherTenantsEvaluationIsAnsweredLikeAMissingOne() {
    String id = client.evaluate(Client.freshKey(), Client.transfer(1)).path("evaluation_id");
    Client stranger = Client.fresh();
    Response foreign = stranger.request().get("/v1/evaluations/" + id);
    Response missing = stranger.request().get("/v1/evaluations/" + UUID.randomUUID());
    Response malformed = stranger.request().get("/v1/evaluations/12");
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(foreign.asByteArray())
        .isEqualTo(missing.asByteArray())
        .isEqualTo(malformed.asByteArray());
    stranger.request().get("/v1/evaluations").then().body("items.size()", equalTo(0));
  }

  private void count(String query, int expected) {
    client
        .request()
        .urlEncodingEnabled(false)
        .get("/v1/evaluations?" + query)
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(expected));
  }
}
