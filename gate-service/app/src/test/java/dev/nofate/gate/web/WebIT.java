package dev.nofate.gate.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What every answer carries, and what is refused before a resource is reached. */
@GateTest
class WebIT {

  private static final RestAssuredConfig NOTHING_ASKED =
      RestAssuredConfig.config().decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());
  private static final List<String> SECURITY_HEADERS =
      List.of(
          "Content-Security-Policy",
          "Permissions-Policy",
          "Referrer-Policy",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "Cross-Origin-Opener-Policy",
          "Cross-Origin-Resource-Policy",
          "Strict-Transport-Security",
          "Cache-Control");
  private static final String OTHER = "https://other.example";

  @Test
  void everyAnswerCarriesTheSecurityHeaders() {
    Client client = Client.fresh();
    List<Response> answers =
        List.of(
            client.request().get("/v1/evaluations"),
            given().get("/v1/evaluations"),
            given().get("/nothing"),
            client.request().put("/v1/rulesets"),
            client.evaluate("k", "\"" + "x".repeat(2 * 1024 * 1024 + 1) + "\""),
            given().get("/q/openapi"),
            given().get("/q/health/ready"));
    for (Response answer : answers) {
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Strict-Transport-Security")).startsWith("max-age=31536000");
      assertThat(answer.headers().getValues("Content-Security-Policy"))
          .singleElement()
          .asString()
          .contains("default-src 'none'", "frame-ancestors 'none'");
      assertThat(answer.headers().getValues("Cache-Control")).containsExactly("no-store");
      assertThat(answer.header("Server")).isNull();
      assertThat(answer.header("X-Powered-By")).isNull();
    }
  }

  @Test
  void eachSecurityHeaderStandsOnceWithThePathsOwnValue() {
    Client client = Client.fresh();
    Map<String, Response> answers =
        Map.of(
            "a page", given().get("/console/status"),
            "the sign-in page", given().get("/console"),
            "an asset", given().get("/console/assets/console.css"),
            "an answer", client.request().get("/v1/caller"),
            "a problem", given().get("/v1/evaluations"),
            "nothing", given().get("/nothing"));
    answers.forEach(
        (what, answer) -> {
          for (String name : SECURITY_HEADERS) {
            assertThat(answer.headers().getValues(name)).as(name + " of " + what).hasSize(1);
          }
        });
    assertThat(answers.get("an asset").statusCode()).isEqualTo(200);
    assertThat(answers.get("a page").header("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(answers.get("an answer").header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answers.get("an answer").header("Content-Security-Policy"))
        .contains("form-action 'none'");
    assertThat(answers.get("a page").header("Content-Security-Policy"))
        .contains("form-action 'self'", "img-src 'self';");
  }

  @Test
  void aPageThatNeedsScriptsHasAPolicyOfItsOwn() {
    assertThat(given().get("/q/swagger-ui/").header("Content-Security-Policy"))
        .contains("script-src 'self' 'unsafe-inline'", "frame-ancestors 'none'");
    assertThat(given().get("/console/nothing").header("Content-Security-Policy"))
        .contains("script-src 'self';", "frame-ancestors 'none'");
  }

  @Test
  void withoutAnAllowListNoOtherOriginMayReadAnswers() {
    given()
        .header("Origin", OTHER)
        .get("/v1/evaluations")
        .then()
        .statusCode(401)
        .header("Access-Control-Allow-Origin", nullValue());
    given()
        .header("Origin", OTHER)
        .header("Access-Control-Request-Method", "POST")
        .options("/v1/evaluations/forward")
        .then()
        .header("Access-Control-Allow-Origin", nullValue())
        .header("Access-Control-Allow-Methods", nullValue());
  }

  @Test
  void aBombIsNotUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[64 * 1024 * 1024]);
    }
    for (String encoding : List.of("gzip", "deflate", "br", "identity, gzip", "x")) {
      forward()
          .header("Content-Encoding", encoding)
          .body(packed.toByteArray())
          .post("/v1/evaluations/forward")
          .then()
          .statusCode(415)
          .contentType("application/problem+json")
          .body("code", equalTo("UNSUPPORTED_MEDIA_TYPE"));
    }
  }

  @Test
  void aFieldThatMeansOneThingMayNotStandThereTwice() {
    for (String name : List.of("idempotency-key", "x-api-key", "authorization")) {
      given()
          .header(name, "one")
          .header(name, "two")
          .body("{}")
          .post("/v1/evaluations/forward")
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("detail", equalTo("The header " + name + " occurred more than once"));
    }
  }

  @Test
  void oneHundredHeaderFieldsAreReadAndOneMoreIsNot() {
    int client = 6;
    assertThat(fields(100 - client).get("/v1/evaluations").statusCode()).isEqualTo(401);
    fields(101)
        .get("/v1/evaluations")
        .then()
        .statusCode(431)
        .contentType("application/problem+json");
  }

  @Test
  void longAnswersAreCompressedForWhoAcceptsItAndShortOnesAreNot() {
    Client client = Client.fresh().withRuleset();
    for (int i = 0; i < 8; i++) {
      client.evaluate("k" + i, Client.transfer(i)).then().statusCode(200);
    }
    Response list = client.request().header("Accept-Encoding", "gzip").get("/v1/evaluations");
    assertThat(list.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(list.jsonPath().getList("items")).hasSize(8);
    Response plain = client.request().config(NOTHING_ASKED).get("/v1/evaluations");
    assertThat(plain.header("Content-Encoding")).isNull();
    assertThat(plain.asString()).isEqualTo(list.asString());
    Response small = given().header("Accept-Encoding", "gzip").get("/v1/evaluations");
    assertThat(small.header("Content-Encoding")).isNotEqualTo("gzip");
  }

  @Test
  void nobodyMayPackAPageWhoseFormsCarryAToken() {
    Response page = given().header("Accept-Encoding", "gzip").get("/console/status");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.header("Content-Encoding")).isNull();
    assertThat(page.header("Cache-Control")).isEqualTo("no-store, no-transform");
    assertThat(page.asString()).hasSizeGreaterThan(1024);
  }

  @Test
  void theDescriptionAndAssetsAreCompressedToo() {
    for (String path :
        List.of("/q/openapi", "/q/openapi?format=json", "/console/assets/console.css")) {
      Response packed = given().header("Accept-Encoding", "gzip").get(path);
      Response plain = given().config(NOTHING_ASKED).get(path);
      assertThat(packed.statusCode()).as(path).isEqualTo(200);
      assertThat(packed.headers().getValues("Content-Encoding")).as(path).containsExactly("gzip");
      assertThat(plain.header("Content-Encoding")).as(path).isNull();
      assertThat(plain.contentType()).as(path).isEqualTo(packed.contentType());
      assertThat(plain.asString()).hasSizeGreaterThan(1024);
    }
  }

  private static RequestSpecification forward() {
    return given().header("Idempotency-Key", "k").contentType("application/json");
  }

  private static RequestSpecification fields(int count) {
    RequestSpecification request = given();
    for (int i = 0; i < count; i++) {
      request.header("x-field-" + i, "v");
    }
    return request;
  }
}
