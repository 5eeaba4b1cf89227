package dev.nofate.gate.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.standin.Clerk;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.restassured.specification.RequestSpecification;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People of the identity provider at the console, by its cookie. */
@GateTest
class ClerkVisitIT {

  private Client tenant;
  private String organization;

  @BeforeEach
  void aTenantWithAnOrganization() {
    tenant = Client.fresh();
    organization = Clerk.organizationOf(tenant);
  }

  @Test
  void anAdminSeesAndChangesTheirTenantsThings() {
    String session = Clerk.sign(Clerk.claims(organization, "admin"));
    Document page = page(session, "/console/admin");
    assertThat(page.select(".who").text()).contains("tenant", "admin");

    form(session)
        .formParam("csrf", page.selectFirst("input[name=csrf]").val())
        .formParam("days", "9")
        .post("/console/admin/erasure/retention")
        .then()
        .statusCode(303);
    assertThat(page(session, "/console/admin").select("section[aria-labelledby=retention]").text())
        .contains("9 days");
  }

  @Test
  void aFormWithoutTheTokenOrWithAnothersIsRefused() {
    String session = Clerk.sign(Clerk.claims(organization, "admin"));
    String other = Looker.of(tenant, "admin").token();
    form(session).post("/console/admin/erasure/retention").then().statusCode(403);
    form(session)
        .formParam("csrf", other)
        .post("/console/admin/erasure/retention")
        .then()
        .statusCode(403);
  }

  @Test
  void signingOutSaysThatTheProvidersSessionWasLeft() {
    String session = Clerk.sign(Clerk.claims(organization, "member"));
    String out =
        form(session)
            .formParam("csrf", page(session, "/console").selectFirst("input[name=csrf]").val())
            .post("/console/sign-out")
            .then()
            .statusCode(303)
            .extract()
            .header("Location");
    assertThat(page(session, out).select("main").text())
        .contains("no session at this console to end", "was left as it was")
        .contains("A session of");
  }

  @Test
  void aMemberReads() {
    String session = Clerk.sign(Clerk.claims(organization, "member"));
    assertThat(page(session, "/console").select(".who").text()).contains("reader");
    given().cookie("__session", session).get("/console/admin").then().statusCode(403);
  }

  @Test
  void aTokenThatIsNotGoodOpensNothing() {
    given().cookie("__session", "a.b.c").get("/console").then().statusCode(401);
  }

  private static Document page(String session, String path) {
    return Jsoup.parse(
        given().cookie("__session", session).get(path).then().statusCode(200).extract().asString());
  }

  private static RequestSpecification form(String session) {
    return given()
        .cookie("__session", session)
        .redirects()
        .follow(false)
        .contentType("application/x-www-form-urlencoded; charset=UTF-8");
  }
}
