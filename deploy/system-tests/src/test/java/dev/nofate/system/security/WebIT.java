package dev.nofate.system.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.console.ConsoleLinks;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every answer carries, of each web service and through the gateway. */
@SuiteTest
class WebIT {

  private static final List<String> ONCE =
      List.of(
          "Content-Security-Policy",
          "Permissions-Policy",
          "Referrer-Policy",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "Cross-Origin-Opener-Policy",
          "Cross-Origin-Resource-Policy",
          "Cache-Control");

  /** A path of each service that wants credentials. */
  static final Map<String, String> GUARDED =
      Map.of(
          "gate-service", "/v1/evaluations",
          "audit-service", "/v1/audit/events",
          "billing-service", "/v1/billing/account");

  @Test
  void everyAnswerCarriesTheSecurityHeadersAndNoBanner(Suite suite) {
    List<Response> answers = new ArrayList<>();
    GUARDED.forEach(
        (service, path) -> {
          String direct = suite.serviceUrl(service);
          answers.add(given().get(direct + path));
          answers.add(given().get(direct + "/nothing"));
          answers.add(given().put(direct + path));
          answers.add(given().header("Content-Encoding", "gzip").body("x").post(direct + path));
          answers.add(given().get(direct + "/q/openapi"));
          answers.add(given().get(suite.gatewayUrl() + path));
        });
    for (Response answer : answers) {
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Strict-Transport-Security")).startsWith("max-age=");
      ONCE.forEach(name -> assertThat(answer.headers().getValues(name)).as(name).hasSize(1));
      assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
      assertThat(answer.header("Server")).isNull();
      assertThat(answer.header("X-Powered-By")).isNull();
    }
  }

  @Test
  void whatTheGatewayAnswersItselfCarriesWhatAServicesAnswersCarry(Suite suite) {
    Response service = given().get(suite.serviceUrl("gate-service") + "/nothing");
    for (Response own :
        List.of(
            given().get(suite.gatewayUrl() + "/internal/callers"),
            given().get(suite.gatewayUrl() + "/q/metrics"),
            given().request("TRACE", suite.gatewayUrl() + "/v1/evaluations"))) {
      assertThat(own.statusCode()).isIn(404, 405);
      for (String name : ONCE) {
        assertThat(own.headers().getValues(name))
            .as(name)
            .isEqualTo(service.headers().getValues(name));
      }
      assertThat(own.contentType()).isEqualTo(service.contentType());
    }
  }

  @Test
  void eachHeaderOfTheConsoleStandsOnceAndItsRedirectsStayAtTheGateway(Suite suite) {
    String link =
        new ConsoleLinks(suite.gatewayUrl(), suite.file().adminToken()).make(null, "admin");
    Response entered = given().redirects().follow(false).get(link);
    assertThat(entered.statusCode()).isEqualTo(303);
    assertThat(entered.header("Location")).isEqualTo("/console");
    for (Response answer :
        List.of(
            entered,
            given().cookies(entered.cookies()).get(suite.gatewayUrl() + "/console"),
            given().get(suite.gatewayUrl() + "/console/status"),
            given().get(suite.gatewayUrl() + "/console/nothing"),
            given().get(suite.gatewayUrl() + "/console/assets/console.css"))) {
      for (String name : ONCE) {
        assertThat(answer.headers().getValues(name)).as(name).hasSize(1);
      }
      assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
    }
  }

  @Test
  void packedBodiesAreRefusedUnopened(Suite suite) {
    GUARDED
        .keySet()
        .forEach(
            service ->
                assertThat(
                        given()
                            .header("Content-Encoding", "gzip")
                            .contentType("application/json")
                            .body(new byte[] {31, -117, 8, 0})
                            .post(suite.serviceUrl(service) + "/v1/any")
                            .statusCode())
                    .isEqualTo(415));
  }
}
