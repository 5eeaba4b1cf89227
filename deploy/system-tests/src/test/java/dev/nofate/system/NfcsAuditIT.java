package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The requirements of NFCS v1.0.0 on the log, a test each, named after its id. */
@SuiteTest
class NfcsAuditIT {

  @Test
  void nfcsAu001EveryDecisionStandsInTheLogRefusalsIncluded(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    List<Response> answers =
        List.of(
            tenant.evaluate(Proposals.transfer(1)),
            tenant.evaluate(Proposals.transfer(6000)),
            tenant.evaluate(Proposals.withoutLimit()),
            tenant.evaluate("{}"));
    assertThat(tenant.events("response_emitted"))
        .extracting(event -> event.get("payload").get("state").textValue())
        .containsExactlyElementsOf(answers.stream().map(a -> a.<String>path("state")).toList());
  }

  @Test
  void nfcsAu002TheEntriesOfADecisionTellTimeVersionsInputOutputAndCode(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    Response answer = tenant.evaluate(Proposals.withoutLimit());
    JsonNode received = tenant.events("request_received").get(0);
    JsonNode emitted = tenant.events("response_emitted").get(0);
    assertThat(emitted.get("at").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{6}Z");
    assertThat(emitted.get("subject")).isEqualTo(received.get("subject"));
    assertThat(received.get("payload").get("request_commitment").textValue())
        .isEqualTo(answer.path("request.commitment"));
    assertThat(received.get("payload").get("ruleset").get("digest").textValue())
        .isEqualTo(answer.path("ruleset.digest"));
    JsonNode payload = emitted.get("payload");
    assertThat(payload.get("system_version").textValue()).startsWith("no-fate/");
    assertThat(payload.get("state").textValue()).isEqualTo("NO_DETERMINISTIC_OUTCOME");
    assertThat(payload.get("code").textValue()).isEqualTo("FACTS_INCOMPLETE");
    assertThat(payload.get("decision_digest").textValue())
        .isEqualTo(answer.path("decision_digest"));
  }

  @Test
  void nfcsAu003AnEditOfTheLogShows(Suite suite) throws IOException {
    Tenant tenant = suite.tenant().withRuleset();
    tenant.evaluate(Proposals.transfer(6000)).then().statusCode(200);
    String log = new String(tenant.export(), StandardCharsets.UTF_8);
    assertThat(verdict(tenant, log)).isInstanceOf(Verdict.Valid.class);
    assertThat(verdict(tenant, log.replace("DETERMINISTIC_VIOLATION", "DETERMINISTIC_COMPLIANCE")))
        .isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void nfcsAu004NoContentStandsInTheLog(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    tenant
        .evaluate(Proposals.transfer(777123).replace("EUR", "planted-currency"))
        .then()
        .statusCode(200);
    assertThat(new String(tenant.export(), StandardCharsets.UTF_8))
        .doesNotContain("planted-currency")
        .doesNotContain("777123");
  }

  private static Verdict verdict(Tenant tenant, String log) throws IOException {
    return ChainVerifier.startingAtGenesis(UUID.fromString(tenant.id()))
        .acceptAll(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
  }
}
