package dev.nofate.gate.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.gate.standin.Clerk;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GateTest
class SessionIT {

  private Client client;
  private String organization;

  @BeforeEach
  void aTenantWithAnOrganization() {
    client = Client.fresh();
    organization = Clerk.organizationOf(client);
  }

  @Test
  void aSessionOfEitherVersionOfClaimsActsForTheOrganizationsTenant() {
    for (JwtClaimsBuilder claims :
        new JwtClaimsBuilder[] {
          Clerk.claims(organization, "admin"),
          Clerk.firstVersion(organization, "org:admin"),
          Clerk.firstVersion(organization, "org:admin").claim("v", 1)
        }) {
      bearer(Clerk.sign(claims))
          .get("/v1/caller")
          .then()
          .statusCode(200)
          .header("Cache-Control", "no-store")
          .body("tenant_id", equalTo(client.tenant()))
          .body("kind", equalTo("session"))
          .body("operator", equalTo(false))
          .body(
              "scopes",
              containsInAnyOrder(
                  "evaluate", "rulesets:write", "audit:read", "billing:read", "admin"));
    }
  }

  @Test
  void aKeySeesItselfWithoutATokenForPages() {
    client
        .request()
        .get("/v1/caller")
        .then()
        .statusCode(200)
        .body("kind", equalTo("api_key"))
        .body("expires_at", nullValue())
        .body("containsKey('csrf_token')", equalTo(false));
  }

  @Test
  void aRoleHasItsScopesAndNoOthers() {
    String member = Clerk.sign(Clerk.claims(organization, "member"));
    bearer(member).get("/v1/evaluations").then().statusCode(200);
    bearer(member).get("/v1/api-keys").then().statusCode(403);
    String guest = Clerk.sign(Clerk.claims(organization, "guest"));
    bearer(guest).get("/v1/evaluations").then().statusCode(403);
  }

  @Test
  void theCookieOfASessionReads() {
    given()
        .cookie("__session", Clerk.admin(organization))
        .get("/v1/api-keys")
        .then()
        .statusCode(200);
  }

  @Test
  void whatASessionDoesIsRecordedUnderItsOwnId() {
    String actor = bearer(Clerk.admin(organization)).get("/v1/caller").path("actor");
    bearer(Clerk.admin(organization)).body(key()).post("/v1/api-keys").then().statusCode(201);
    assertThat(Neighbours.chain(client.tenant()))
        .filteredOn(event -> event.get("type").textValue().equals("api_key_created"))
        .last()
        .satisfies(event -> assertThat(event.at("/payload/actor").textValue()).isEqualTo(actor));
    assertThat(Neighbours.chain(client.tenant()).toString()).doesNotContain("user_2xample");
  }

  @Test
  void aCookieAloneChangesNothing() {
    String session = Clerk.admin(organization);
    String token = bearer(session).get("/v1/caller").path("csrf_token");
    String other =
        bearer(Clerk.sign(Clerk.claims(organization, "admin").claim("sid", "sess_other")))
            .get("/v1/caller")
            .path("csrf_token");
    assertThat(token).hasSize(43).isNotEqualTo(other);
    Map<String, RequestSpecification> forged = new LinkedHashMap<>();
    forged.put("no sign of a page", cookie(session).header("X-CSRF-Token", token));
    forged.put("no token", cookie(session).header("Sec-Fetch-Site", "same-origin"));
    forged.put(
        "an empty token",
        cookie(session).header("Sec-Fetch-Site", "same-origin").header("X-CSRF-Token", ""));
    forged.put(
        "another session's token",
        cookie(session).header("Sec-Fetch-Site", "same-origin").header("X-CSRF-Token", other));
    forged.put(
        "another site",
        cookie(session)
            .header("Sec-Fetch-Site", "cross-site")
            .header("Origin", "https://evil.example")
            .header("X-CSRF-Token", token));
    forged.put(
        "a neighbour on the same site",
        cookie(session).header("Sec-Fetch-Site", "same-site").header("X-CSRF-Token", token));
    forged.put(
        "an opaque origin", cookie(session).header("Origin", "null").header("X-CSRF-Token", token));
    forged.forEach(
        (what, request) ->
            assertThat(request.body(key()).post("/v1/api-keys").statusCode())
                .as(what)
                .isEqualTo(403));
    client.request().get("/v1/api-keys").then().body("items.size()", equalTo(1));
  }

  @Test
  void aPageWithItsTokenChangesThingsByCookie() {
    String session = Clerk.admin(organization);
    String token = cookie(session).get("/v1/caller").path("csrf_token");
    cookie(session)
        .header("Sec-Fetch-Site", "same-origin")
        .header("X-CSRF-Token", token)
        .body(key())
        .post("/v1/api-keys")
        .then()
        .statusCode(201);
    cookie(session)
        .header("Sec-Fetch-Site", "cross-site")
        .header("Origin", Clerk.ORIGIN)
        .header("X-CSRF-Token", token)
        .body(key())
        .post("/v1/api-keys")
        .then()
        .statusCode(201);
  }

  @Test
  void aKeyInTheCookieOrTwoCookiesCountForNothing() {
    given().cookie("__session", client.key()).get("/v1/api-keys").then().statusCode(401);
    String session = Clerk.admin(organization);
    for (String planted : new String[] {session, "planted"}) {
      given()
          .header("Cookie", "__session=" + session + "; __session=" + planted)
          .get("/v1/api-keys")
          .then()
          .statusCode(401);
    }
  }

  @Test
  void aBadHeaderIsNotMendedByACookie() {
    given()
        .header("Authorization", "Bearer nf_test_nobody")
        .cookie("__session", Clerk.admin(organization))
        .get("/v1/api-keys")
        .then()
        .statusCode(401);
  }

  @Test
  void whatIsNoGoodSessionIsAnsweredLikeAnUnknownKey() {
    String unknown = refusal("nf_test_" + "A".repeat(43));
    Instant now = Instant.now();
    RsaJsonWebKey foreign = Clerk.key(Clerk.published().getKeyId());
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("expired", Clerk.sign(ended(6)));
    tokens.put("not yet", Clerk.sign(good().claim("nbf", now.getEpochSecond() + 60)));
    tokens.put("no nbf", Clerk.sign(good().remove("nbf")));
    tokens.put("another issuer", Clerk.sign(good().issuer("https://clerk.example.com")));
    tokens.put("another origin", Clerk.sign(good().claim("azp", "https://evil.example")));
    tokens.put("no origin", Clerk.sign(good().remove("azp")));
    tokens.put("pending", Clerk.sign(good().claim("sts", "pending")));
    tokens.put("no subject", Clerk.sign(good().remove("sub")));
    tokens.put("a subject of two lines", Clerk.sign(good().subject("a\nb")));
    tokens.put("no session id", Clerk.sign(good().remove("sid")));
    tokens.put("no organization", Clerk.sign(Clerk.bare().claim("v", 2)));
    tokens.put("an organization nobody linked", Clerk.sign(Clerk.claims("org_nobody", "admin")));
    tokens.put(
        "the organization where the other version has it",
        Clerk.sign(
            Clerk.bare()
                .claim("v", 2)
                .claim("org_id", organization)
                .claim("org_role", "org:admin")));
    tokens.put("a version nobody knows", Clerk.sign(good().claim("v", 3)));
    tokens.put("an organization of another type", Clerk.sign(good().claim("o", "text")));
    tokens.put("another's signature", Clerk.sign(good(), foreign));
    tokens.put("an unknown key", Clerk.sign(good(), Clerk.key("ins_unknown")));
    tokens.put("no key id", Jwt.claims(Map.of("sub", "x")).jws().sign(foreign.getPrivateKey()));
    tokens.put("unsigned", unsigned());
    tokens.put("the public key as a secret", confused());
    tokens.put("no token at all", "a.b.c");
    tokens.put("too long", "e30." + "A".repeat(9000) + ".e30");
    tokens.forEach((what, token) -> assertThat(refusal(token)).as(what).isEqualTo(unknown));
  }

  @Test
  void aTokenWithinTheSkewCounts() {
    bearer(Clerk.sign(ended(1))).get("/v1/caller").then().statusCode(200);
    bearer(Clerk.sign(good().claim("nbf", Instant.now().getEpochSecond() + 3)))
        .get("/v1/caller")
        .then()
        .statusCode(200);
  }

  @Test
  void aKeyThatTheIssuerAddsIsFoundWithoutAStart() {
    RsaJsonWebKey added = Clerk.key("ins_" + UUID.randomUUID());
    Clerk.publish(added);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> bearer(Clerk.sign(good(), added)).get("/v1/caller").then().statusCode(200));
  }

  @Test
  void madeUpKeyIdsCostOneFetchAPause() {
    RsaJsonWebKey unknown = Clerk.key("ins_made_up");
    bearer(Clerk.admin(organization)).get("/v1/caller").then().statusCode(200);
    int before = Clerk.fetches();
    long start = System.nanoTime();
    IntStream.range(0, 60)
        .mapToObj(i -> Clerk.sign(good().claim("n", i), unknown))
        .forEach(SessionIT::refusal);
    long pauses = (System.nanoTime() - start) / 200_000_000L;
    assertThat(Clerk.fetches() - before).isLessThanOrEqualTo((int) pauses + 2);
  }

  @Test
  void anOrganizationIsOneTenantsAndUnlinkingEndsItsSessions() {
    Client second = Client.fresh();
    String wish = "{\"clerk_org_id\":\"" + organization + "\"}";
    link(second, wish).then().statusCode(409).body("code", equalTo("CONFLICT"));
    String session = Clerk.admin(organization);
    bearer(session).get("/v1/caller").then().statusCode(200);
    link(client, "{\"clerk_org_id\":null}").then().statusCode(200);
    bearer(session).get("/v1/caller").then().statusCode(401);
    link(second, wish).then().statusCode(200);
    bearer(session).get("/v1/caller").then().body("tenant_id", equalTo(second.tenant()));
    assertThat(Neighbours.chain(client.tenant()))
        .last()
        .satisfies(
            event -> {
              assertThat(event.at("/payload/action").textValue()).isEqualTo("organization_set");
              assertThat(event.at("/payload/before/clerk_org_id").textValue())
                  .isEqualTo(organization);
              assertThat(event.at("/payload/after/clerk_org_id").isNull()).isTrue();
            });
  }

  private JwtClaimsBuilder ended(int secondsAgo) {
    Instant now = Instant.now();
    return good()
        .issuedAt(now.minusSeconds(120))
        .claim("nbf", now.getEpochSecond() - 120)
        .expiresAt(now.minusSeconds(secondsAgo));
  }

  private JwtClaimsBuilder good() {
    return Clerk.claims(organization, "admin");
  }

  private static Response link(Client tenant, String wish) {
    return Client.operator().body(wish).put("/v1/tenants/" + tenant.tenant() + "/organization");
  }

  private String unsigned() {
    return part("{\"alg\":\"none\",\"kid\":\"" + Clerk.published().getKeyId() + "\"}")
        + "."
        + Clerk.sign(good()).split("\\.")[1]
        + ".e30";
  }

  /** HS256 with the published key's bytes: good where the algorithm is taken from the token. */
  private String confused() {
    return good()
        .jws()
        .algorithm(io.smallrye.jwt.algorithm.SignatureAlgorithm.HS256)
        .keyId(Clerk.published().getKeyId())
        .sign(new SecretKeySpec(Clerk.published().getPublicKey().getEncoded(), "HmacSHA256"));
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String key() {
    return "{\"name\":\"a key\",\"scopes\":[\"evaluate\"]}";
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token).contentType("application/json");
  }

  private static RequestSpecification cookie(String token) {
    return given().cookie("__session", token).contentType("application/json");
  }

  private static String refusal(String token) {
    return bearer(token).get("/v1/evaluations").then().statusCode(401).extract().asString();
  }
}
