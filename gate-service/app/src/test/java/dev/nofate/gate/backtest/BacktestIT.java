package dev.nofate.gate.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.ruleset.Examples;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a draft would have decided of a tenant's own past. */
@GateTest
class BacktestIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Halves what passes: only amounts up to half the limit are compliant. */
  private static final String HALF =
      Examples.RULESET.replace("context.limit\"", "context.limit / 2\"");

  private Client client;

  @BeforeEach
  void aTenantWithARuleset() {
    client = Client.fresh().withRuleset();
  }

  @Test
  void thePublishedDocumentChangesNothing() {
    decided(1, 2000, 9000);
    List<JsonNode> lines = lines(backtest(client, Examples.RULESET, hours(1)));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).get("kind").textValue()).isEqualTo("sums");
    assertThat(lines.get(0).toString())
        .contains("\"examined\":3,\"same\":3,\"differing\":0,\"erased\":0")
        .contains("\"complete\":true,\"next\":null");
  }

  @Test
  void whatWouldBeDecidedOtherwiseIsNamedWithBothDerivations() {
    List<String> ids = decided(1, 3000, 9000);
    List<JsonNode> lines = lines(backtest(client, HALF, hours(1)));
    assertThat(lines).hasSize(2);
    JsonNode difference = lines.get(0);
    assertThat(difference.get("kind").textValue()).isEqualTo("difference");
    assertThat(difference.get("evaluation_id").textValue()).isEqualTo(ids.get(1));
    assertThat(difference.at("/recorded/state").textValue()).isEqualTo("DETERMINISTIC_COMPLIANCE");
    assertThat(difference.at("/recorded/reason").isNull()).isTrue();
    assertThat(difference.at("/recorded/ruleset/version").intValue()).isEqualTo(1);
    assertThat(difference.at("/recorded/derivation/1/fired").booleanValue()).isTrue();
    assertThat(difference.at("/draft/state").textValue()).isEqualTo("DETERMINISTIC_VIOLATION");
    assertThat(difference.at("/draft/reason/code").textValue()).isEqualTo("RULE_VIOLATION");
    assertThat(difference.at("/draft/derivation/1/fired").booleanValue()).isFalse();
    assertThat(lines.get(1).toString())
        .contains("\"examined\":3,\"same\":2,\"differing\":1")
        .contains(
            "{\"recorded\":\"DETERMINISTIC_COMPLIANCE\",\"draft\":\"DETERMINISTIC_VIOLATION\",\"count\":1}");
  }

  @Test
  void evaluationsThatPinAnOlderVersionAreExaminedToo() {
    client
        .evaluate(
            Client.freshKey(),
            Client.transfer(3000).replace("payments.transfer", "payments.transfer@1"))
        .then()
        .statusCode(200);
    assertThat(lines(backtest(client, HALF, hours(1)))).hasSize(2);
  }

  @Test
  void backwardEvaluationsDifferByWhatTheyRender() {
    client.request().body(Examples.RENDERING_RULESET).post("/v1/rulesets").then().statusCode(201);
    client
        .request()
        .header("Idempotency-Key", Client.freshKey())
        .body(
            Examples.BACKWARD_EVALUATION.replace(
                "2026-11-23T10:00:00.000Z", Instant.now().toString()))
        .post("/v1/evaluations/backward")
        .then()
        .body("state", equalTo("DETERMINISTIC_COMPLIANCE"));
    String draft = Examples.RENDERING_RULESET.replace("recorded.", "made.");
    List<JsonNode> lines = lines(backtest(client, "payments.notice", draft, hours(1)));
    assertThat(lines.get(0).at("/recorded/renderings/0/content").textValue()).endsWith("recorded.");
    assertThat(lines.get(0).at("/draft/renderings/0/content").textValue()).endsWith("made.");
    assertThat(lines.get(0).at("/draft/state").textValue()).isEqualTo("DETERMINISTIC_COMPLIANCE");
  }

  @Test
  void aRangeIsGoneThroughInPartsThatAddUpToTheWhole() {
    decided(100, 3000, 200, 3001, 300, 9000, 3002);
    List<String> whole = differing(lines(backtest(client, HALF, hours(1))));
    assertThat(whole).hasSize(3);
    List<String> found = new ArrayList<>();
    int examined = 0;
    String after = "";
    JsonNode sums;
    do {
      List<JsonNode> lines = lines(backtest(client, HALF, hours(1) + "&limit=2" + after));
      sums = lines.get(lines.size() - 1);
      found.addAll(differing(lines));
      examined += sums.get("examined").intValue();
      after = "&after=" + sums.get("next").textValue();
    } while (!sums.get("complete").booleanValue());
    assertThat(found).isEqualTo(whole);
    assertThat(examined).isEqualTo(7);
    assertThat(sums.get("next").isNull()).isTrue();
  }

  @Test
  void sumsStandAfterEveryPageSoThatABrokenReaderGoesOn() {
    for (int i = 0; i < 21; i++) {
      decided(i);
    }
    List<JsonNode> lines = lines(backtest(client, Examples.RULESET, hours(1)));
    assertThat(lines).extracting(line -> line.get("examined").intValue()).containsExactly(20, 21);
    String next = lines.get(0).get("next").textValue();
    List<JsonNode> rest = lines(backtest(client, Examples.RULESET, hours(1) + "&after=" + next));
    assertThat(rest).extracting(line -> line.get("examined").intValue()).containsExactly(1);
  }

  @Test
  void erasedContentsAreCountedAndNotDecided() {
    List<String> ids = decided(1, 3000);
    client.request().delete("/v1/evaluations/" + ids.get(1) + "/content").then().statusCode(200);
    List<JsonNode> lines = lines(backtest(client, HALF, hours(1)));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).toString())
        .contains("\"examined\":2,\"same\":1,\"differing\":0,\"erased\":1");
  }

  @Test
  void nothingIsWrittenNorRecorded() {
    decided(1, 3000);
    int events = Neighbours.chain(client.tenant()).size();
    lines(backtest(client, HALF, hours(1)));
    assertThat(Neighbours.chain(client.tenant())).hasSize(events);
    client.request().get("/v1/rulesets").then().body("items.size()", equalTo(1));
    client.request().get("/v1/evaluations").then().body("items.size()", equalTo(2));
  }

  @Test
  void anotherTenantsEvaluationsAreNotTouched() {
    decided(1, 3000);
    Client stranger = Client.fresh().withRuleset();
    List<JsonNode> lines = lines(backtest(stranger, HALF, hours(1)));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).get("examined").intValue()).isZero();
  }

  @Test
  void whatIsOutsideTheRangeIsLeftOut() {
    decided(3000);
    Instant now = Instant.now();
    String past = "from=" + now.minus(Duration.ofDays(2)) + "&to=" + now.minus(Duration.ofDays(1));
    assertThat(lines(backtest(client, HALF, past)).get(0).get("examined").intValue()).isZero();
  }

  @Test
  void aDraftThatWouldNotBePublishedIsRefusedWithEveryFault() {
    String draft = HALF.replace("proposal.amount", "proposal.amout");
    backtest(client, draft, hours(1))
        .then()
        .statusCode(422)
        .body("code", equalTo("RULESET_REFUSED"))
        .body("errors.size()", equalTo(2));
    // Refusals leave their place to others.
    lines(backtest(client, HALF, hours(1)));
  }

  @Test
  void oddParametersAreRefused() {
    String now = Instant.now().toString();
    for (String query :
        List.of(
            "from=" + now,
            "to=" + now,
            "from=yesterday&to=" + now,
            "from=" + now + "&to=" + now,
            "from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
            hours(1) + "&limit=0",
            hours(1) + "&limit=x",
            hours(1) + "&limit=10001",
            hours(1) + "&after=AAAA")) {
      backtest(client, HALF, query)
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("code", equalTo("BAD_REQUEST"));
    }
    backtest(client, "payments.other", HALF, hours(1)).then().statusCode(400);
  }

  @Test
  void theScopeIsTheOneOfRuleAuthors() {
    Client evaluator = new Client(client.tenant(), key("evaluate", "admin"));
    backtest(evaluator, HALF, hours(1)).then().statusCode(403);
    Client author = new Client(client.tenant(), key("rulesets:write"));
    lines(backtest(author, HALF, hours(1)));
  }

  private String key(String... scopes) {
    return client
        .request()
        .body("{\"name\":\"k\",\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]}")
        .post("/v1/api-keys")
        .then()
        .statusCode(201)
        .extract()
        .path("key");
  }

  private List<String> decided(int... amounts) {
    List<String> ids = new ArrayList<>();
    for (int amount : amounts) {
      Response answer = client.evaluate(UUID.randomUUID().toString(), Client.transfer(amount));
      ids.add(answer.then().statusCode(200).extract().path("evaluation_id"));
    }
    return ids;
  }

  private static String hours(int count) {
    Instant now = Instant.now();
    return "from="
        + now.minus(Duration.ofHours(count))
        + "&to="
        + now.plus(Duration.ofHours(count));
  }

  private static Response backtest(Client client, String draft, String query) {
    return backtest(client, "payments.transfer", draft, query);
  }

  private static Response backtest(Client client, String name, String draft, String query) {
    return client.request().body(draft).post("/v1/rulesets/" + name + "/backtest?" + query);
  }

  private static List<String> differing(List<JsonNode> lines) {
    return lines.stream()
        .filter(line -> line.get("kind").textValue().equals("difference"))
        .map(line -> line.get("evaluation_id").textValue())
        .toList();
  }

  private static List<JsonNode> lines(Response response) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
    assertThat(response.contentType()).startsWith("application/jsonl");
    return response
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
