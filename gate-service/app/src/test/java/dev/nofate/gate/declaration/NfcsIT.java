package dev.nofate.gate.declaration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.ruleset.Examples;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The requirements of the No Fate Compliance Specification v1.0.0 that a running gate-service
 * shows, a test each, named after its id. Those on the log (NFCS-AU) are shown by the system tests.
 */
@GateTest
class NfcsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Client client;

  @BeforeEach
  void aTenantWithARuleset() {
    client = Client.fresh().withRuleset();
  }

  @Test
  void nfcsDo001TheScopeIsStatedAndVersioned() {
    JsonNode scope = declaration().get("scope");
    assertThat(scope.get("version").isInt()).isTrue();
    assertThat(scope.get("within").textValue()).isNotBlank();
    assertThat(scope.get("outside").textValue()).isNotBlank();
    publish(Examples.RULESET.replaceFirst("\"scope\": \"[^\"]*\",", ""))
        .then()
        .statusCode(422)
        .body("code", equalTo("RULESET_REFUSED"));
    client
        .request()
        .get("/v1/rulesets/payments.transfer@1")
        .then()
        .statusCode(200)
        .body("version", equalTo(1))
        .body("document.scope", equalTo("Transfers the treasury agent starts on its own."));
  }

  @Test
  void nfcsDo002TheSameInputsUnderTheSameRulesGiveTheSameOutcome() {
    String body = Client.transfer(1200);
    ObjectNode once = outcome(answer(body));
    assertThat(outcome(answer(body))).isEqualTo(once);
    assertThat(outcome(answer(turned(body)))).isEqualTo(once);
    assertThat(once.get("state").textValue()).isEqualTo("DETERMINISTIC_COMPLIANCE");
  }

  @Test
  void nfcsDo003NothingButStatedFactsIsBehindACompliance() {
    JsonNode answer = answer(Client.transfer(1200));
    List<String> bound = new ArrayList<>();
    answer.get("derivation").forEach(rule -> rule.get("facts").forEach(f -> bound.add(text(f))));
    assertThat(bound)
        .isNotEmpty()
        .allMatch(List.of("proposal.amount", "proposal.currency", "context.limit")::contains);
    assertThat(state(answer(withoutContext()))).isEqualTo("NO_DETERMINISTIC_OUTCOME");
  }

  @Test
  void nfcsRf001ARefusalIsAnAnswerLikeAnyOther() {
    Response refusal = client.evaluate(Client.freshKey(), withoutContext());
    Response compliance = client.evaluate(Client.freshKey(), Client.transfer(1));
    assertThat(refusal.statusCode()).isEqualTo(compliance.statusCode()).isEqualTo(200);
    assertThat(refusal.contentType()).isEqualTo(compliance.contentType());
    assertThat(names(json(refusal))).isEqualTo(names(json(compliance)));
  }

  @Test
  void nfcsRf002MissingFactsAmbiguityForeignScopeAndMissingAuthorityAreRefused() {
    publish(conflicting()).then().statusCode(201);
    publish(guarded()).then().statusCode(201);
    reason(withoutContext(), "NO_DETERMINISTIC_OUTCOME", "FACTS_INCOMPLETE");
    reason(on("both.ways", 1), "NO_DETERMINISTIC_OUTCOME", "CONFLICTING_RULES");
    reason(on("not.published", 1), "INVALID_INPUT", "UNKNOWN_RULESET");
    reason(on("with.grant", 1), "NO_DETERMINISTIC_OUTCOME", "AUTHORITY_MISSING");
  }

  @Test
  void nfcsRf003ARefusalCarriesACodeWithItsMeaningAndTheSmallestListOfMissingFacts() {
    JsonNode reason = answer(withoutContext()).get("reason");
    assertThat(text(reason.get("code"))).isEqualTo("FACTS_INCOMPLETE");
    assertThat(reason.get("missing"))
        .containsExactly(JSON.getNodeFactory().textNode("context.limit"));
    List<String> declared = new ArrayList<>();
    for (JsonNode known : declaration().get("output").get("reasons")) {
      declared.add(text(known.get("code")));
      assertThat(text(known.get("meaning"))).isNotBlank();
    }
    assertThat(declared)
        .containsExactlyElementsOf(Arrays.stream(ReasonCode.values()).map(Enum::name).toList());
  }

  @Test
  void nfcsRf004NoOutcomeIsPickedWhereSeveralRemain() {
    String majority =
        conflicting()
            .replace("both.ways", "most.say.yes")
            .replace(
                "\"rules\": [",
                """
                "rules": [
                {"id":"also","when":"proposal.amount > -1","outcome":"COMPLIANCE"},
                {"id":"and-also","when":"proposal.amount > -2","outcome":"COMPLIANCE"},""");
    publish(majority).then().statusCode(201);
    reason(on("most.say.yes", 1), "NO_DETERMINISTIC_OUTCOME", "CONFLICTING_RULES");
  }

  @Test
  void nfcsNi001AnAnswerIsDeclaredToBeNoOpinionAndHasNoRoomForOne() {
    assertThat(text(declaration().get("scope").get("outside")))
        .contains("no legal opinion")
        .contains("no adjudication")
        .contains("prediction");
    for (JsonNode answer : oneOfEachState()) {
      assertThat(declaredMembers()).containsAll(names(answer));
    }
  }

  @Test
  void nfcsNi002WordsOfIntentChangeNothing() {
    String plain = Client.transfer(6000);
    String pleading = plain.replace("\"EUR\"", "\"EUR, in good faith and urgently, approve\"");
    assertThat(outcome(answer(pleading))).isEqualTo(outcome(answer(plain)));
    assertThat(state(answer(pleading))).isEqualTo("DETERMINISTIC_VIOLATION");
  }

  @Test
  void nfcsNi003ARequestForJudgementIsRefused() {
    String question =
        """
        {"ruleset":"%s","proposal":"Is this transfer lawful?","evaluated_at":"%s"}""";
    reason(
        question.formatted("payments.transfer", Instant.now()),
        "INVALID_INPUT",
        "FACT_TYPE_MISMATCH");
    publish(prose()).then().statusCode(201);
    reason(
        question.formatted("any.text", Instant.now()),
        "NO_DETERMINISTIC_OUTCOME",
        "NO_APPLICABLE_RULE");
  }

  @Test
  void nfcsIo001TheInputsAreDeclaredAndNoOthersAreTaken() {
    List<String> forward = new ArrayList<>();
    declaration().get("input").get("forward").forEach(m -> forward.add(text(m.get("name"))));
    assertThat(forward)
        .containsExactlyInAnyOrder(
            "ruleset",
            "proposal",
            "context",
            "authority",
            "observed_at",
            "evaluated_at",
            "decision_window_ms");
    reason(
        Client.transfer(1).replaceFirst("\\{", "{\"mood\":1,"), "INVALID_INPUT", "UNKNOWN_FIELD");
    client
        .request()
        .get("/v1/rulesets/payments.transfer")
        .then()
        .body("document.facts.properties.proposal.properties.amount.type", equalTo("integer"));
  }

  @Test
  void nfcsIo002EveryFormOfAnswerIsDeclared() {
    List<String> states = new ArrayList<>();
    declaration().get("output").get("states").forEach(s -> states.add(text(s.get("state"))));
    assertThat(states)
        .containsExactlyElementsOf(Arrays.stream(State.values()).map(Enum::name).toList());
    assertThat(oneOfEachState()).extracting(NfcsIT::state).containsExactlyElementsOf(states);
  }

  @Test
  void nfcsIo003NoMemberOfAnAnswerIsUndeclared() {
    for (JsonNode answer : oneOfEachState()) {
      assertThat(names(answer)).isSubsetOf(declaredMembers());
    }
  }

  @Test
  void nfcsVr001TheVersionOfTheSpecificationIsDeclared() {
    assertThat(text(declaration().get("conformance").get("version"))).isEqualTo("1.0.0");
  }

  @Test
  void nfcsVr002TheClaimNamesSpecificationVersionAndLevel() {
    JsonNode claim = declaration().get("conformance");
    assertThat(text(claim.get("specification"))).isEqualTo("No Fate Compliance Specification");
    assertThat(text(claim.get("level"))).isEqualTo("B");
  }

  @Test
  void rulesetsAreListedForTheirOwnTenantAlone() {
    assertThat(declaration().has("rulesets")).isFalse();
    assertThat(listed(client)).containsExactly("payments.transfer");
    assertThat(listed(Client.fresh())).isEmpty();
  }

  @Test
  void aKeyThatIsNotKnownIsRefused() {
    given()
        .header("x-api-key", "nf_test_" + "0".repeat(64))
        .get("/.well-known/no-fate")
        .then()
        .statusCode(401)
        .body("code", equalTo("UNAUTHORIZED"));
  }

  private List<String> listed(Client who) {
    return who.request()
        .get("/.well-known/no-fate")
        .then()
        .statusCode(200)
        .extract()
        .path("rulesets.items.name");
  }

  private static JsonNode declaration() {
    return json(given().get("/.well-known/no-fate").then().statusCode(200).extract().response());
  }

  private static List<String> declaredMembers() {
    List<String> members = new ArrayList<>();
    declaration().get("output").get("members").forEach(name -> members.add(text(name)));
    return members;
  }

  private List<JsonNode> oneOfEachState() {
    return List.of(
        answer(Client.transfer(1)),
        answer(Client.transfer(6000)),
        answer(withoutContext()),
        answer("{}"));
  }

  private void reason(String body, String state, String code) {
    JsonNode answer = answer(body);
    assertThat(state(answer)).isEqualTo(state);
    assertThat(text(answer.get("reason").get("code"))).isEqualTo(code);
  }

  private JsonNode answer(String body) {
    return json(
        client.evaluate(Client.freshKey(), body).then().statusCode(200).extract().response());
  }

  private Response publish(String document) {
    return client.request().body(document).post("/v1/rulesets");
  }

  private static String withoutContext() {
    return Client.transfer(1).replace("\"context\":{\"limit\":5000},", "");
  }

  private static String on(String ruleset, int amount) {
    return Client.transfer(amount).replace("payments.transfer", ruleset);
  }

  private static String conflicting() {
    return Examples.RULESET
        .replace("payments.transfer", "both.ways")
        .replace("proposal.amount > context.limit", "proposal.amount > 0")
        .replaceFirst("(?s)\"examples\": \\[.*\\]", "\"examples\": []");
  }

  private static String guarded() {
    return """
        {"name":"with.grant","scope":"Transfers that somebody has granted.",
         "facts":{"type":"object","properties":{"proposal":{"type":"object","properties":{
           "amount":{"type":"integer"},"currency":{"type":"string"}}},
           "context":{"type":"object","properties":{"limit":{"type":"integer"}}}}},
         "decision_window_ms":5000,"max_clock_skew_ms":300000,
         "authority":{"required":true,"action":"transfer","keys":[{"kty":"OKP","crv":"Ed25519",
           "kid":"one","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]},
         "rules":[{"id":"any","when":"proposal.amount > 0","outcome":"COMPLIANCE"}]}""";
  }

  private static String prose() {
    return """
        {"name":"any.text","scope":"Texts that are one known word.",
         "facts":{"type":"object","properties":{"proposal":{"type":"string"}}},
         "decision_window_ms":5000,"max_clock_skew_ms":300000,
         "rules":[{"id":"known","when":"proposal == 'known'","outcome":"COMPLIANCE"}]}""";
  }

  /** The same members in the opposite order. */
  private static String turned(String body) {
    ObjectNode turned = JSON.createObjectNode();
    JsonNode straight = parsed(body);
    List<String> names = new ArrayList<>();
    straight.fieldNames().forEachRemaining(names::add);
    for (int i = names.size() - 1; i >= 0; i--) {
      turned.set(names.get(i), straight.get(names.get(i)));
    }
    return turned.toString();
  }

  /** What follows from rules and facts, without what belongs to the single request. */
  private static ObjectNode outcome(JsonNode answer) {
    return ((ObjectNode) answer)
        .retain("state", "reason", "ruleset", "derivation", "gate_trace", "temporal");
  }

  private static TreeSet<String> names(JsonNode object) {
    TreeSet<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String state(JsonNode answer) {
    return text(answer.get("state"));
  }

  private static String text(JsonNode node) {
    return node.textValue();
  }

  private static JsonNode json(Response response) {
    return parsed(response.asString());
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
