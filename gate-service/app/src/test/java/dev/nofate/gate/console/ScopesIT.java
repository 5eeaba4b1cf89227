package dev.nofate.gate.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.standin.Clerk;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.restassured.response.Response;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A visitor sees what a key of the same scopes could read, and no more. */
@GateTest
class ScopesIT {

  private static final String SECRET = "invoice-of-mrs-example";

  private String organization;
  private String evaluation;

  @BeforeEach
  void aTenantWithAnEvaluation() {
    Client tenant = Client.fresh().withRuleset();
    organization = Clerk.organizationOf(tenant);
    evaluation =
        tenant
            .evaluate(
                Client.freshKey(), Client.transfer(1).replace("\"EUR\"", "\"" + SECRET + "\""))
            .then()
            .statusCode(200)
            .extract()
            .path("evaluation_id");
  }

  @Test
  void whoReadsTheBillAloneReadsNoEvaluation() {
    String shown = "/console/evaluations/" + evaluation;
    for (String path : List.of("/console/evaluations", shown, shown + "/receipt")) {
      assertThat(as("accountant", path).statusCode()).as(path).isEqualTo(403);
      assertThat(as("member", path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(as("accountant", shown).asString()).doesNotContain(SECRET, "COMPLIANCE");
    assertThat(as("member", shown).asString()).contains(SECRET);
    assertThat(
            given()
                .cookie("__session", session("accountant"))
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("csrf", csrf("accountant"))
                .post(shown + "/replay")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void theOverviewShowsEachPartToWhoMayReadIt() {
    assertThat(headings("member")).contains("Four states", "This month's cost");
    assertThat(headings("accountant"))
        .contains("This month's cost")
        .doesNotContain("Evaluations over time", "Four states", "Where runs ended");
    assertThat(headings("author")).isEmpty();
  }

  @Test
  void rulesetsAreReadByWhoEvaluatesAndWhoWritesThem() {
    assertThat(as("author", "/console/rulesets").statusCode()).isEqualTo(200);
    assertThat(as("member", "/console/rulesets/payments.transfer").statusCode()).isEqualTo(200);
    for (String role : List.of("accountant", "auditor")) {
      assertThat(as(role, "/console/rulesets").statusCode()).isEqualTo(403);
      assertThat(as(role, "/console/rulesets/payments.transfer").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void theNavigationNamesWhatOpens() {
    assertThat(places("accountant")).containsExactly("Overview", "Billing", "Status");
    assertThat(places("author")).containsExactly("Overview", "Rulesets", "Status");
    assertThat(places("auditor")).containsExactly("Overview", "Audit", "Status");
    assertThat(places("member"))
        .containsExactly("Overview", "Evaluations", "Rulesets", "Audit", "Billing", "Status");
    for (String role : List.of("accountant", "author", "auditor", "member", "admin")) {
      for (Element link : page(role).select("nav.places a")) {
        assertThat(as(role, link.attr("href")).statusCode())
            .as(role + " at " + link.attr("href"))
            .isEqualTo(200);
      }
    }
  }

  private List<String> headings(String role) {
    return page(role).select("main h2").eachText();
  }

  private List<String> places(String role) {
    return page(role).select("nav.places a").eachText();
  }

  private String csrf(String role) {
    return page(role).selectFirst("input[name=csrf]").val();
  }

  private Document page(String role) {
    Response home = as(role, "/console");
    assertThat(home.statusCode()).isEqualTo(200);
    return Jsoup.parse(home.asString());
  }

  private Response as(String role, String path) {
    return given().cookie("__session", session(role)).redirects().follow(false).get(path);
  }

  private String session(String role) {
    return Clerk.sign(Clerk.claims(organization, role));
  }
}
