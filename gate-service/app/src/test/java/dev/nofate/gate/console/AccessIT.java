package dev.nofate.gate.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.standin.Clerk;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.http.HttpStatus;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who gets into the console, how long, and what is refused to whom. */
@GateTest
class AccessIT {

  private static final String ID = UUID.randomUUID().toString();

  private static final List<String> PAGES =
      List.of(
          "/console",
          "/console/evaluations",
          "/console/evaluations/" + ID,
          "/console/evaluations/" + ID + "/receipt",
          "/console/rulesets",
          "/console/rulesets/payments.transfer",
          "/console/draft",
          "/console/audit",
          "/console/audit/events",
          "/console/audit/export",
          "/console/billing",
          "/console/billing/ledger",
          "/console/admin",
          "/console/operator",
          "/console/operator/tenants/" + ID,
          "/console/nothing/here");

  /** Everything that changes something, with the role that may. */
  private static final Map<String, String> CHANGES =
      Map.ofEntries(
          Map.entry("/console/draft/publish", "admin"),
          Map.entry("/console/rulesets/" + ID + "/served", "admin"),
          Map.entry("/console/billing/portal", "admin"),
          Map.entry("/console/billing/payment-method", "admin"),
          Map.entry("/console/billing/payment-method/adoption", "admin"),
          Map.entry("/console/admin/keys", "admin"),
          Map.entry("/console/admin/keys/" + ID + "/revoke", "admin"),
          Map.entry("/console/admin/keys/" + ID + "/rotate", "admin"),
          Map.entry("/console/admin/erasure/retention", "admin"),
          Map.entry("/console/admin/erasure/content", "admin"),
          Map.entry("/console/admin/erasure/subject", "admin"),
          Map.entry("/console/operator/tenants", "operator"),
          Map.entry("/console/operator/tenants/" + ID + "/hold", "operator"),
          Map.entry("/console/operator/tenants/" + ID + "/release", "operator"),
          Map.entry("/console/operator/tenants/" + ID + "/keys/" + ID + "/revoke", "operator"),
          Map.entry("/console/operator/webhooks/evt_1/replay", "operator"),
          Map.entry("/console/operator/prices", "operator"));

  /** What a form asks for without changing anything. */
  private static final List<String> QUESTIONS =
      List.of(
          "/console/evaluations/" + ID + "/replay",
          "/console/audit/verification",
          "/console/draft/check",
          "/console/draft/backtest",
          "/console/sign-out");

  @TestFactory
  Stream<DynamicTest> aStrangerGetsTheSignInPage() {
    return PAGES.stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page,
                    () -> {
                      Response answer = given().get(page);
                      assertThat(answer.statusCode()).isEqualTo(401);
                      assertThat(Jsoup.parse(answer.asString()).selectFirst("h1").text())
                          .isEqualTo("Sign in");
                    }));
  }

  @Test
  void theStatusPageIsOpen() {
    Response answer = given().get("/console/status");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Jsoup.parse(answer.asString()).select(".places a").eachText())
        .containsExactly("Status");
  }

  @Test
  void aLinkIsGoodOnceAndOpensASession() {
    Client tenant = Client.fresh();
    String link = Looker.link(tenant, "admin");
    given().redirects().follow(false).head(link).then().statusCode(200);

    Response first = given().redirects().follow(false).get(link);
    Response second = given().redirects().follow(false).get(link);

    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(first.header("Location")).isEqualTo("/console");
    assertThat(first.header("Set-Cookie"))
        .contains("HttpOnly")
        .containsIgnoringCase("SameSite=Lax")
        .contains("Path=/console")
        .contains("Max-Age=");
    assertThat(second.statusCode()).isEqualTo(401);
    assertThat(second.header("Set-Cookie")).isNull();
  }

  @Test
  void signingOutEndsTheSessionAtTheServer() {
    Looker reader = Looker.of(Client.fresh(), "reader");
    Response left = reader.post("/console/sign-out", Map.of());
    assertThat(left.statusCode()).isEqualTo(303);
    assertThat(left.header("Location")).isEqualTo("/console/sign-in?done=session_ended");
    reader.get("/console").then().statusCode(401);
  }

  @Test
  void linksAndSessionsStandInTheLog() {
    Client tenant = Client.fresh();
    Looker admin = Looker.of(tenant, "admin");
    admin.post("/console/sign-out", Map.of()).then().statusCode(303);
    assertThat(
            Neighbours.chain(tenant.tenant()).stream()
                .filter(event -> event.get("type").textValue().equals("admin_action"))
                .map(event -> event.get("payload").get("action").textValue()))
        .containsExactly("console_link_made", "console_session_opened", "console_session_ended");
  }

  @Test
  void aKeyThatMayNotAdministrateMakesNoLink() {
    Client tenant = Client.fresh();
    String key =
        tenant
            .request()
            .body("{\"name\":\"k\",\"scopes\":[\"evaluate\"]}")
            .post("/v1/api-keys")
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    new Client(tenant.tenant(), key)
        .request()
        .body("{\"role\":\"reader\"}")
        .post("/v1/console-links")
        .then()
        .statusCode(403);
  }

  @Test
  void aLinkToAnotherTenantIsLikeOneToAMissingTenant() {
    String foreign = link(Client.fresh(), Client.fresh().tenant());
    String missing = link(Client.fresh(), ID);
    assertThat(foreign).isEqualTo(missing).contains("NOT_FOUND");
  }

  private static String link(Client who, String tenant) {
    return who.request()
        .body("{\"role\":\"admin\",\"tenant_id\":\"" + tenant + "\"}")
        .post("/v1/console-links")
        .then()
        .statusCode(404)
        .extract()
        .asString();
  }

  @Test
  void theApiTakesNoSessionOfTheConsole() {
    Looker admin = Looker.of(Client.fresh(), "admin");
    given().cookie(Looker.COOKIE, admin.cookie()).get("/v1/evaluations").then().statusCode(401);
    given()
        .header("Authorization", "Bearer " + admin.cookie())
        .get("/v1/evaluations")
        .then()
        .statusCode(401);
  }

  @TestFactory
  Stream<DynamicTest> anApiKeyOpensNoPage() {
    Client tenant = Client.fresh();
    return PAGES.stream()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () ->
                        assertThat(tenant.request().get(path).statusCode())
                            .isIn(HttpStatus.SC_UNAUTHORIZED, HttpStatus.SC_FORBIDDEN)));
  }

  @TestFactory
  Stream<DynamicTest> aReaderChangesNothing() {
    Looker reader = Looker.of(Client.fresh(), "reader");
    String token = reader.token();
    return CHANGES.keySet().stream()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () ->
                        assertThat(reader.postWith(token, path, Map.of()).statusCode())
                            .isEqualTo(403)));
  }

  @TestFactory
  Stream<DynamicTest> aTenantsAdminIsNoOperator() {
    Looker admin = Looker.of(Client.fresh(), "admin");
    String token = admin.token();
    return CHANGES.entrySet().stream()
        .filter(change -> change.getValue().equals("operator"))
        .map(
            change ->
                DynamicTest.dynamicTest(
                    change.getKey(),
                    () ->
                        assertThat(admin.postWith(token, change.getKey(), Map.of()).statusCode())
                            .isEqualTo(403)));
  }

  @TestFactory
  Stream<DynamicTest> aFormWithoutTheSessionsTokenIsRefused() {
    Looker operator = Looker.operator();
    String foreign = Looker.of(Client.fresh(), "admin").token();
    return Stream.concat(CHANGES.keySet().stream(), QUESTIONS.stream())
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () -> {
                      assertThat(operator.postWith(null, path, Map.of()).statusCode())
                          .isEqualTo(403);
                      assertThat(operator.postWith(foreign, path, Map.of()).statusCode())
                          .isEqualTo(403);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aFormOfAnotherSitesPageIsRefusedEvenWithTheToken() {
    Looker operator = Looker.operator();
    String token = operator.token();
    Map<String, String> forged =
        Map.of("Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example");
    return Stream.concat(CHANGES.keySet().stream(), QUESTIONS.stream())
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path,
                    () -> {
                      Response answer = operator.postFrom(forged, token, path, Map.of());
                      assertThat(answer.statusCode()).isEqualTo(403);
                      assertThat(answer.asString()).contains("a page of another site");
                    }));
  }

  @Test
  void whereAFormCameFromIsWhatBrowsersSay() {
    Looker admin = Looker.of(Client.fresh(), "admin");
    String own = "http://localhost:" + RestAssured.port;
    for (Map<String, String> good :
        List.of(
            Map.of("Sec-Fetch-Site", "same-origin", "Origin", "https://behind.a.proxy.example"),
            Map.of("Sec-Fetch-Site", "none"),
            Map.of("Origin", own),
            Map.of("Origin", Clerk.ORIGIN))) {
      assertThat(retention(admin, good).statusCode()).as(good.toString()).isEqualTo(303);
    }
    for (Map<String, String> bad :
        List.of(
            Map.of("Sec-Fetch-Site", "same-site"),
            Map.of("Sec-Fetch-Site", "cross-site", "Origin", own),
            Map.of("Origin", "https://evil.example"),
            Map.of("Origin", "null"),
            Map.of("Origin", own + "0"),
            Map.of("Origin", "http://["))) {
      assertThat(retention(admin, bad).statusCode()).as(bad.toString()).isEqualTo(403);
    }
  }

  private static Response retention(Looker admin, Map<String, String> headers) {
    return admin.postFrom(
        headers, admin.token(), "/console/admin/erasure/retention", Map.of("days", "30"));
  }

  @Test
  void everyPostOfTheConsoleIsAmongTheTested() throws Exception {
    List<String> paths =
        Stream.concat(CHANGES.keySet().stream(), QUESTIONS.stream())
            .map(path -> path.replace(ID, "{}").replace("evt_1", "{}"))
            .sorted()
            .toList();
    assertThat(ConsoleRoutes.posts()).containsExactlyElementsOf(paths);
  }

  @Test
  void anotherTenantsEvaluationIsLikeAMissingOne() {
    Client owner = Client.fresh().withRuleset();
    String id =
        owner
            .evaluate(Client.freshKey(), Client.transfer(1))
            .then()
            .extract()
            .path("evaluation_id");
    Looker other = Looker.of(Client.fresh(), "admin");

    for (String tail : List.of("", "/receipt")) {
      String foreign = other.get("/console/evaluations/" + id + tail).asString();
      String missing = other.get("/console/evaluations/" + ID + tail).asString();
      assertThat(foreign).isEqualTo(missing).contains("NOT_FOUND");
    }
    Looker.of(owner, "reader").get("/console/evaluations/" + id).then().statusCode(200);
  }

  @Test
  void pagesCarryStrictHeaders() {
    Response page = Looker.of(Client.fresh(), "admin").get("/console");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.header("Cache-Control")).isEqualTo("no-store, no-transform");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void changesNameTheSessionAsTheirActor() {
    Client tenant = Client.fresh();
    Looker admin = Looker.of(tenant, "admin");
    Response set = admin.post("/console/admin/erasure/retention", Map.of("days", "30"));
    assertThat(set.statusCode()).isEqualTo(303);
    assertThat(set.header("Location")).startsWith("/console/admin?done=");
    List<JsonNode> actions =
        Neighbours.chain(tenant.tenant()).stream()
            .filter(event -> event.get("type").textValue().equals("admin_action"))
            .map(event -> event.get("payload"))
            .toList();
    assertThat(actions.get(2).get("action").textValue()).isEqualTo("retention_set");
    assertThat(actions.get(2).get("actor")).isEqualTo(actions.get(1).get("actor"));
  }
}
