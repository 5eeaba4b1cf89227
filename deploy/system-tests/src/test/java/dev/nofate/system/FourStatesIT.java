package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@SuiteTest
class FourStatesIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SENDERS = 4;

  @Test
  void eachStateIsReachedThroughTheGateway(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    state(tenant, Proposals.transfer(1), "DETERMINISTIC_COMPLIANCE");
    state(tenant, Proposals.transfer(9999), "DETERMINISTIC_VIOLATION");
    state(tenant, Proposals.withoutLimit(), "NO_DETERMINISTIC_OUTCOME");
    state(tenant, "{\"ruleset\":}", "INVALID_INPUT");
    assertThat(tenant.verdict()).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void everyMalformedTextReachesItsStateAndNoneIsAnError(Suite suite) throws Exception {
    Tenant tenant = suite.tenant();
    tenant
        .request()
        .body(Files.readAllBytes(corpus("ruleset-v1.json")))
        .post("/v1/rulesets")
        .then()
        .statusCode(201);
    List<String> texts = Files.readAllLines(corpus("malformed-v1.jsonl"));
    assertThat(texts).hasSizeGreaterThan(300);
    List<String> odd;
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try {
      odd =
          texts.stream()
              .map(text -> CompletableFuture.supplyAsync(() -> oddity(tenant, text), senders))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .flatMap(Optional::stream)
              .toList();
    } finally {
      senders.shutdown();
    }
    assertThat(odd).isEmpty();
    assertThat(tenant.events("usage_recorded")).hasSize(texts.size());
    assertThat(tenant.verdict()).isInstanceOf(Verdict.Valid.class);
  }

  /** What was observed, when it is not what the corpus states. */
  private static Optional<String> oddity(Tenant tenant, String line) {
    try {
      JsonNode text = JSON.readTree(line);
      String name = text.get("name").textValue();
      Response answer =
          tenant
              .request()
              .header("Idempotency-Key", "corpus-" + name)
              .body(Base64.getDecoder().decode(text.get("body_base64").textValue()))
              .post("/v1/evaluations/forward");
      return expected(answer, text)
          ? Optional.empty()
          : Optional.of(name + ": " + answer.statusCode() + " " + answer.asString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean expected(Response answer, JsonNode text) {
    return answer.statusCode() == 200
        && answer.path("state").equals(text.get("expect_state").textValue())
        && answer.path("reason.code").equals(text.get("expect_code").textValue());
  }

  private static void state(Tenant tenant, String body, String state) {
    tenant.evaluate(body).then().statusCode(200).body("state", equalTo(state));
  }

  private static Path corpus(String file) {
    return Path.of(
        System.getProperty("nofate.root"), "gate-service/engine/src/test/resources/corpus", file);
  }
}
