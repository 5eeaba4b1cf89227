package dev.nofate.gate.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GateTest
class RulesetIT {

  private Client client;

  @BeforeEach
  void aTenant() {
    client = Client.fresh();
  }

  @Test
  void theFirstPublicationIsVersionOne() {
    publish(Examples.RULESET)
        .then()
        .statusCode(201)
        .body("name", equalTo("payments.transfer"))
        .body("version", equalTo(1))
        .body("digest", matchesPattern("sha256:[0-9a-f]{64}"));
    assertThat(Neighbours.chain(client.tenant()))
        .extracting(event -> event.get("type").textValue())
        .contains("ruleset_published");
  }

  @Test
  void theSameDocumentKeepsItsVersion() {
    publish(Examples.RULESET).then().statusCode(201);
    publish(variant(2)).then().statusCode(201).body("version", equalTo(2));
    publish("  " + Examples.RULESET).then().statusCode(200).body("version", equalTo(1));
  }

  @Test
  void theNewestVersionDecidesUnlessOneIsPinned() {
    publish(Examples.RULESET).then().statusCode(201);
    String digest = publish(variant(2)).path("digest");
    version(Client.transfer(1), 2);
    version(Client.transfer(1).replace("payments.transfer", "payments.transfer@1"), 1);
    version(Client.transfer(1).replace("payments.transfer", "payments.transfer@" + digest), 2);
  }

  @Test
  void aRefusedDocumentNamesEveryFault() {
    String broken =
        Examples.RULESET
            .replace("proposal.amount <= context.limit", "proposal.amout <= context.limit")
            .replace("\"over-limit\"", "\"within-limit\"");
    publish(broken)
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("RULESET_REFUSED"))
        .body("errors.size()", greaterThanOrEqualTo(2));
    client.request().get("/v1/rulesets").then().body("items.size()", equalTo(0));
  }

  @Test
  void anExampleThatComesOutOtherwiseIsAFault() {
    publish(Examples.RULESET.replace("{\"limit\": 5}", "{\"limit\": 0}"))
        .then()
        .statusCode(422)
        .body("errors[0].code", equalTo("EXAMPLE_DIFFERS"));
  }

  @Test
  void textThatIsNoJsonIsAFault() {
    publish("{").then().statusCode(422).body("errors[0].code", equalTo("MALFORMED_DOCUMENT"));
  }

  @Test
  void aCheckSaysWhatPublishingWouldSayAndPublishesNothing() {
    String broken =
        Examples.RULESET
            .replace("proposal.amount <= context.limit", "proposal.amout <= context.limit")
            .replace("\"over-limit\"", "\"within-limit\"");
    List<Object> faults = publish(broken).path("errors");
    check(broken)
        .then()
        .statusCode(200)
        .body("ok", equalTo(false))
        .body("problems", equalTo(faults));
    int events = Neighbours.chain(client.tenant()).size();
    Response good = check(Examples.RULESET);
    good.then().statusCode(200).body("ok", equalTo(true)).body("problems", equalTo(List.of()));
    client.request().get("/v1/rulesets").then().body("items.size()", equalTo(0));
    assertThat(Neighbours.chain(client.tenant())).hasSize(events);
    assertThat(publish(Examples.RULESET).<String>path("digest")).isEqualTo(good.path("digest"));
  }

  @Test
  void aDigestPinsTheVersionThatHasIt() {
    String first = publish(Examples.RULESET).path("digest");
    String second = publish(variant(2)).path("digest");
    version(Client.transfer(1).replace("payments.transfer", "payments.transfer@" + first), 1);
    version(Client.transfer(1).replace("payments.transfer", "payments.transfer@" + second), 2);
    String unknown = "payments.transfer@sha256:" + "0".repeat(64);
    client
        .evaluate(Client.freshKey(), Client.transfer(1).replace("payments.transfer", unknown))
        .then()
        .body("state", equalTo("INVALID_INPUT"))
        .body("reason.code", equalTo("UNKNOWN_RULESET"));
    client
        .request()
        .get("/v1/rulesets/payments.transfer@" + first)
        .then()
        .statusCode(200)
        .body("version", equalTo(1))
        .body("digest", equalTo(first));
    client.request().get("/v1/rulesets/" + unknown).then().statusCode(404);
  }

  @Test
  void whatDiffersBetweenTwoVersionsIsStated() {
    publish(Examples.RULESET);
    publish(variant(2));
    client
        .request()
        .get("/v1/rulesets/payments.transfer/diff?from=1&to=2")
        .then()
        .statusCode(200)
        .body("rules.changed.id", equalTo(List.of("within-limit")))
        .body("rules.added.size()", equalTo(0))
        .body("members.size()", equalTo(0));
    Response missing = client.request().get("/v1/rulesets/payments.transfer/diff?from=1&to=3");
    Response foreign =
        Client.fresh().request().get("/v1/rulesets/payments.transfer/diff?from=1&to=2");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(foreign.asString()).isEqualTo(missing.asString());
    client.request().get("/v1/rulesets/payments.transfer/diff?from=0&to=2").then().statusCode(400);
  }

  @Test
  void aVersionIsShownWithItsDocument() {
    publish(Examples.RULESET);
    for (String reference : List.of("payments.transfer", "payments.transfer@1")) {
      client
          .request()
          .get("/v1/rulesets/" + reference)
          .then()
          .statusCode(200)
          .body("document.name", equalTo("payments.transfer"));
    }
    Response missing = client.request().get("/v1/rulesets/payments.transfer@2");
    Response foreign = Client.fresh().request().get("/v1/rulesets/payments.transfer");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(foreign.asString()).isEqualTo(missing.asString());
  }

  @Test
  void listsArePaged() {
    publish(Examples.RULESET);
    publish(variant(2));
    publish(variant(3));
    String next =
        client
            .request()
            .get("/v1/rulesets?limit=2")
            .then()
            .body("items.size()", equalTo(2))
            .extract()
            .path("next");
    client
        .request()
        .get("/v1/rulesets?limit=2&after=" + next)
        .then()
        .body("items.version", equalTo(List.of(3)))
        .body("next", equalTo(null));
  }

  @Test
  void publishersAtTheSameTimeGetVersionsWithoutAHole() {
    List<Integer> versions =
        IntStream.rangeClosed(1, 8)
            .parallel()
            .mapToObj(i -> publish(variant(i)))
            .map(response -> response.<Integer>path("version"))
            .sorted()
            .toList();
    assertThat(versions).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  private void version(String body, int expected) {
    client.evaluate(Client.freshKey(), body).then().body("ruleset.version", equalTo(expected));
  }

  private Response publish(String document) {
    return client.request().body(document).post("/v1/rulesets");
  }

  private Response check(String document) {
    return client.request().body(document).post("/v1/rulesets/check");
  }

  private static String variant(int number) {
    return Examples.RULESET.replace("TP 4.1", "TP " + number);
  }
}
