package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** I8 and I9: repeats have no second effect, foreign things are answered like missing ones. */
@SuiteTest
class RepeatsIT {

  @Test
  void aRepeatedKeyAnswersWithTheSameBytes(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    String body = Proposals.transfer(3);
    Response first = tenant.evaluate("k", body);
    Response second = tenant.evaluate("k", body);
    assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(tenant.events("response_emitted")).hasSize(1);
  }

  @Test
  void aKeyWithAnotherBodyIsRefused(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    tenant.evaluate("k", Proposals.transfer(3)).then().statusCode(200);
    tenant
        .evaluate("k", Proposals.transfer(4))
        .then()
        .statusCode(422)
        .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
  }

  @Test
  void duplicatesInFlightAreDecidedOnce(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    for (int round = 0; round < 10; round++) {
      String key = "round-" + round;
      String body = Proposals.transfer(round);
      List<Response> answers =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> tenant.evaluate(key, body)))
              .limit(4)
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(answers).extracting(Response::statusCode).contains(200).isSubsetOf(200, 409);
      assertThat(
              answers.stream()
                  .filter(a -> a.statusCode() == 200)
                  .map(Response::asString)
                  .distinct())
          .hasSize(1);
    }
    assertThat(tenant.events("usage_recorded")).hasSize(10);
  }

  @Test
  void foreignThingsAreAnsweredLikeMissingOnesByteForByte(Suite suite) {
    Tenant owner = suite.tenant().withRuleset();
    Tenant stranger = suite.tenant();
    String evaluation = owner.evaluate(Proposals.transfer(1)).path("evaluation_id");
    String apiKey = owner.request().get("/v1/api-keys").path("items[0].id");
    alike(stranger, "/v1/evaluations/" + evaluation, "/v1/evaluations/" + UUID.randomUUID());
    alike(stranger, "/v1/rulesets/payments.transfer", "/v1/rulesets/no.such");
    alike(
        stranger,
        "/v1/api-keys?tenant_id=" + owner.id(),
        "/v1/api-keys?tenant_id=" + UUID.randomUUID());
    assertThat(stranger.request().delete("/v1/api-keys/" + apiKey).asString())
        .isEqualTo(stranger.request().delete("/v1/api-keys/" + UUID.randomUUID()).asString());
    assertThat(stranger.events()).noneMatch(event -> event.toString().contains(evaluation));
    assertThat(stranger.ledger()).isEmpty();
  }

  @Test
  void nothingInternalIsReachedThroughTheGateway(Suite suite) {
    for (String path :
        List.of(
            "/internal/callers",
            "//internal/callers",
            "/%69nternal/callers",
            "/v1/../internal/callers",
            "/internal/audit/appends",
            "/q/metrics")) {
      assertThat(suite.operator().urlEncodingEnabled(false).body("{}").post(path).statusCode())
          .as(path)
          .isBetween(400, 405);
    }
  }

  @Test
  void aRevokedKeyIsRefusedEverywhereWithinThirtySeconds(Suite suite) {
    Tenant tenant = suite.tenant();
    var made =
        tenant
            .request()
            .body("{\"name\":\"reader\",\"scopes\":[\"audit:read\",\"billing:read\",\"evaluate\"]}")
            .post("/v1/api-keys")
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    Tenant reader = new Tenant(suite, tenant.id(), made.getString("key"));
    List<String> paths = List.of("/v1/audit/head", "/v1/billing/account", "/v1/evaluations");
    paths.forEach(path -> reader.request().get(path).then().statusCode(200));
    tenant.request().delete("/v1/api-keys/" + made.getString("id")).then().statusCode(204);
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(30))
        .until(
            () -> paths.stream().allMatch(path -> reader.request().get(path).statusCode() == 401));
  }

  private static void alike(Tenant stranger, String foreign, String missing) {
    Response one = stranger.request().get(foreign);
    Response other = stranger.request().get(missing);
    assertThat(one.statusCode()).as(foreign).isEqualTo(404);
    assertThat(one.asByteArray()).as(foreign).isEqualTo(other.asByteArray());
  }
}
