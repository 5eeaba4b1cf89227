package dev.nofate.gate.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything that is refused before the engine answers is a problem document (RFC 9457). */
@GateTest
class ProblemIT {

  @Test
  void anUnknownAddress() {
    problem(given().get("/v1/nothing"), 404, "NOT_FOUND");
    problem(given().get("/nothing/at/all"), 404, "NOT_FOUND");
  }

  @Test
  void aMethodThatIsNotServed() {
    Client client = Client.fresh();
    notAllowed(client.request().put("/v1/rulesets"), "GET, HEAD, POST");
    notAllowed(client.request().delete("/v1/evaluations"), "GET, HEAD");
    notAllowed(client.request().delete("/v1/evaluations/" + client.tenant()), "GET, HEAD");
  }

  /** The framework would look for an evaluation, or a ruleset, of that name. */
  @Test
  void aMethodThatIsServedBesideTheAddress() {
    Client client = Client.fresh();
    notAllowed(client.request().get("/v1/evaluations/forward"), "POST");
    notAllowed(client.request().get("/v1/evaluations/forward/"), "POST");
    notAllowed(client.request().get("/v1/evaluations/batch"), "POST");
    notAllowed(client.request().get("/v1/rulesets/check"), "POST");
    problem(client.request().get("/v1/evaluations/forwards"), 404, "NOT_FOUND");
    Response head = client.request().head("/v1/evaluations/forward");
    assertThat(head.statusCode()).isEqualTo(405);
    assertThat(head.header("Allow")).isEqualTo("POST");
  }

  @Test
  void anAnswerAboutAMethodCarriesWhatEveryAnswerCarries() {
    Response answer = Client.fresh().request().get("/v1/evaluations/forward");
    assertThat(answer.headers().getValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(answer.headers().getValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().getValues("Content-Security-Policy")).hasSize(1);
  }

  @Test
  void aMediaTypeThatIsNotServed() {
    Client client = Client.fresh();
    problem(
        given()
            .header("x-api-key", client.key())
            .header("Idempotency-Key", "k")
            .contentType("text/plain")
            .body("x")
            .post("/v1/evaluations/forward"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void aBodyBeyondTheTransportLimit() {
    Client client = Client.fresh();
    problem(
        client.evaluate("k", "\"" + "x".repeat(2 * 1024 * 1024 + 1) + "\""),
        413,
        "PAYLOAD_TOO_LARGE");
  }

  @Test
  void aBodyBeyondTheEnginesLimitIsADecision() {
    Client.fresh()
        .evaluate("k", "\"" + "x".repeat(1024 * 1024 + 1) + "\"")
        .then()
        .statusCode(200)
        .body("state", equalTo("INVALID_INPUT"))
        .body("reason.code", equalTo("PAYLOAD_TOO_LARGE"));
  }

  @Test
  void aParameterThatIsNotUnderstood() {
    Client client = Client.fresh();
    for (String address :
        List.of(
            "/v1/evaluations?limit=x",
            "/v1/rulesets?limit=x",
            "/v1/rulesets/any/diff?from=x&to=1",
            "/v1/rulesets/any/diff?to=1",
            "/v1/api-keys?limit=x",
            "/v1/api-keys?after=x")) {
      problem(client.request().get(address), 400, "BAD_REQUEST");
    }
    problem(Client.operator().get("/v1/tenants?limit=x"), 400, "BAD_REQUEST");
    problem(Client.operator().get("/v1/tenants?after=x"), 400, "BAD_REQUEST");
  }

  @Test
  void noCredentialsAndBadCredentialsAreAnsweredAlike() {
    Response none = given().get("/v1/evaluations");
    Response odd = given().header("x-api-key", "nonsense").get("/v1/evaluations");
    Response bearer = given().header("Authorization", "Bearer x.y.z").get("/v1/evaluations");
    Response basic = given().header("Authorization", "Basic eDp5").get("/v1/evaluations");
    problem(none, 401, "UNAUTHORIZED");
    assertThat(odd.asString())
        .isEqualTo(none.asString())
        .isEqualTo(bearer.asString())
        .isEqualTo(basic.asString());
    assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");
  }

  private static void notAllowed(Response response, String allow) {
    problem(response, 405, "METHOD_NOT_ALLOWED");
    assertThat(response.headers().getValues("Allow")).containsExactly(allow);
  }

  private static void problem(Response response, int status, String code) {
    response
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("code", equalTo(code))
        .body("type", equalTo("urn:no-fate:problem:" + code.toLowerCase(java.util.Locale.ROOT)));
  }
}
