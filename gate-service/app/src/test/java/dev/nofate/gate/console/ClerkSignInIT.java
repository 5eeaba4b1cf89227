package dev.nofate.gate.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.gate.standin.Clerk;
import dev.nofate.gate.standin.ClerkAccounts;
import dev.nofate.gate.standin.ClerkAccounts.Person;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In by the identity provider's own pages, and out again, as a browser does it. */
@GateTest
class ClerkSignInIT {

  private static final String ATTEMPT = "__Host-nofate_sign_in";
  private static final String BEGIN = "/console/sign-in/clerk";
  private static final String RETURN = "/console/sign-in/clerk/return";
  private static final Duration SKEW = Duration.ofSeconds(5);

  private Client tenant;
  private String organization;

  @BeforeEach
  void aTenantWithAnOrganization() {
    tenant = Client.fresh();
    organization = Clerk.organizationOf(tenant);
  }

  @AfterEach
  void clerkIsAsItWas() {
    ClerkAccounts.away(false);
    ClerkAccounts.tokensLast(Duration.ofSeconds(60));
  }

  @Test
  void aStrangerSignsInStaysAfterTheTokensEndAndSignsOut() {
    Document stranger =
        Jsoup.parse(given().get("/console").then().statusCode(401).extract().asString());
    assertThat(stranger.select("a.button[href=" + BEGIN + "]").text()).isEqualTo("Sign in");

    ClerkAccounts.tokensLast(SKEW.negated().plusSeconds(1));
    Instant end = Instant.now().plusSeconds(1);
    Looker person = signIn(Person.of(organization, "admin"));
    assertThat(person.page("/console").select(".who").text()).contains("tenant", "admin");

    await().until(() -> Instant.now().isAfter(end));
    String csrf = person.token();
    assertThat(
            person
                .postWith(csrf, "/console/admin/erasure/retention", Map.of("days", "9"))
                .statusCode())
        .isEqualTo(303);

    Response out = person.postWith(csrf, "/console/sign-out", Map.of());
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(out.getDetailedCookie(Looker.COOKIE).getMaxAge()).isZero();
    assertThat(out.header("Location")).endsWith("?done=session_ended_here_alone");
    assertThat(person.get("/console").statusCode()).isEqualTo(401);
  }

  @Test
  void theWayThereNamesStateNonceAndChallengeAndTheCookieStaysWithTheBrowser() {
    Response begun = begin();
    URI there = URI.create(begun.header("Location"));
    assertThat(there.toString()).startsWith(Clerk.issuer() + "/oauth/authorize?");
    Map<String, String> query = ClerkAccounts.fields(there);
    Cookie kept = begun.getDetailedCookie(ATTEMPT);
    assertThat(kept.isHttpOnly()).isTrue();
    assertThat(kept.isSecured()).isTrue();
    assertThat(kept.getSameSite()).isEqualTo("Lax");
    assertThat(kept.getPath()).isEqualTo("/");
    assertThat(List.of(query.get("state"), query.get("nonce"), query.get("code_challenge")))
        .doesNotHaveDuplicates()
        .doesNotContain(kept.getValue())
        .allMatch(text -> text.length() == 43);
    assertThat(there.toString()).doesNotContain(ClerkAccounts.KEY, "secret%2F");
  }

  @Test
  void theSessionsCookieIsForTheConsoleAloneAndForTls() {
    Response in = answered(begin(), Person.of(organization, "member"));
    Cookie session = in.getDetailedCookie(Looker.COOKIE);
    assertThat(in.header("Location")).isEqualTo("/console");
    assertThat(session.isHttpOnly()).isTrue();
    assertThat(session.isSecured()).isTrue();
    assertThat(session.getSameSite()).isEqualTo("Lax");
    assertThat(session.getPath()).isEqualTo("/console");
    assertThat(session.getMaxAge()).isBetween(8 * 3600L - 60, 8 * 3600L);
    assertThat(in.getDetailedCookie(ATTEMPT).getMaxAge()).isZero();
  }

  @Test
  void anAnswerThatAnotherBrowserBeganIsRefused() {
    ClerkAccounts.signedIn(Person.of(organization, "admin"));
    Map<String, String> others = atClerk(begin());
    String own = begin().cookie(ATTEMPT);
    refused(comeBack(own, others), "did not belong to a sign-in that this browser began");
    refused(comeBack(null, others), "did not belong to a sign-in that this browser began");
  }

  @Test
  void aCodeIsGoodOnceAndNoOtherIsGood() {
    ClerkAccounts.signedIn(Person.of(organization, "admin"));
    Response begun = begin();
    Map<String, String> answer = atClerk(begun);
    assertThat(comeBack(begun.cookie(ATTEMPT), answer).statusCode()).isEqualTo(303);
    refused(comeBack(begun.cookie(ATTEMPT), answer), "token was not good");
    refused(
        comeBack(
            begun.cookie(ATTEMPT), Map.of("state", answer.get("state"), "error", "access_denied")),
        "signed nobody in");
  }

  @Test
  void aTokenThatHasEndedOpensNothing() {
    ClerkAccounts.tokensLast(SKEW.negated().minusSeconds(1));
    refused(answered(begin(), Person.of(organization, "admin")), "token was not good");
  }

  @Test
  void aPersonWithoutOrganizationTenantRoleOrScopeIsRefused() {
    refused(answered(begin(), new Person("user_none", null)), "No organization was chosen");
    refused(answered(begin(), Person.of("org_of_nobody", "admin")), "linked to no tenant");
    refused(answered(begin(), new Person("user_unknown", organization)), "No role with a scope");
    refused(answered(begin(), Person.of(organization, "visitor")), "No role with a scope");
    Person banned = Person.of(organization, "admin");
    banned.isBanned();
    refused(answered(begin(), banned), "No role with a scope");
  }

  @Test
  void aMemberReadsAndTheLogNamesThePersonByAnIdOfItsOwn() {
    Person member = Person.of(organization, "member");
    Looker looker = signIn(member);
    assertThat(looker.page("/console").select(".who").text()).contains("reader");
    assertThat(looker.get("/console/admin").statusCode()).isEqualTo(403);
  }

  @Test
  void aRoleThatChangesCountsAndOneThatLeavesIsOut() {
    Person person = Person.of(organization, "member");
    Looker looker = signIn(person);
    assertThat(looker.get("/console/admin").statusCode()).isEqualTo(403);
    person.becomes("admin");
    await().until(() -> looker.get("/console/admin").statusCode() == 200);
    person.leaves();
    await().until(() -> looker.get("/console").statusCode() == 401);
    person.becomes("admin");
    assertThat(looker.get("/console").statusCode()).isEqualTo(401);
  }

  @Test
  void whileClerkDoesNotAnswerWhatItSaidLastCounts() {
    Looker looker = signIn(Person.of(organization, "admin"));
    ClerkAccounts.away(true);
    Instant old = Instant.now().plusMillis(400);
    await().until(() -> Instant.now().isAfter(old));
    assertThat(looker.get("/console").statusCode()).isEqualTo(200);
    assertThat(answered(begin(), Person.of(organization, "admin")).statusCode()).isEqualTo(503);
  }

  @Test
  void anOrganizationThatIsNoLongerLinkedEndsItsSessionsAtOnce() {
    Looker looker = signIn(Person.of(organization, "admin"));
    Client.operator()
        .body("{\"clerk_org_id\":null}")
        .put("/v1/tenants/" + tenant.tenant() + "/organization")
        .then()
        .statusCode(200);
    assertThat(looker.get("/console").statusCode()).isEqualTo(401);
  }

  private Looker signIn(Person person) {
    Response in = answered(begin(), person);
    assertThat(in.statusCode()).isEqualTo(303);
    return new Looker(tenant, in.cookie(Looker.COOKIE));
  }

  private static Response begin() {
    return given().redirects().follow(false).get(BEGIN).then().statusCode(303).extract().response();
  }

  /** What Clerk leads back with to the only address that it knows. */
  private static Map<String, String> atClerk(Response begun) {
    String back =
        given()
            .urlEncodingEnabled(false)
            .redirects()
            .follow(false)
            .get(begun.header("Location"))
            .then()
            .statusCode(302)
            .extract()
            .header("Location");
    assertThat(back).startsWith(Clerk.ORIGIN + RETURN + "?");
    return ClerkAccounts.fields(URI.create(back));
  }

  private static Response answered(Response begun, Person person) {
    ClerkAccounts.signedIn(person);
    return comeBack(begun.cookie(ATTEMPT), atClerk(begun));
  }

  private static Response comeBack(String kept, Map<String, String> answer) {
    var browser = given().redirects().follow(false).queryParams(answer);
    return (kept == null ? browser : browser.cookie(ATTEMPT, kept)).get(RETURN);
  }

  private static void refused(Response answer, String observed) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(Jsoup.parse(answer.asString()).select(".notice").text()).contains(observed);
    assertThat(answer.cookie(Looker.COOKIE)).isNull();
  }
}
