package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** I10: no secret and no proposal content in a log line, a metric or an audit payload. */
@SuiteTest
class SilenceIT {

  private static final String PLANTED = "planted-7d1f9c-content";

  @Test
  void plantedContentAndKeysAppearNowhereOutsideTheAnswer(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    String body = Proposals.transfer(5).replace("EUR", PLANTED);
    tenant.evaluate(body).then().statusCode(200);
    tenant.evaluate("{\"" + PLANTED).then().statusCode(200);
    tenant.evaluate(body.replace("\"ruleset\"", "\"" + PLANTED + "\"")).then().statusCode(200);
    tenant.request().body("{\"name\":\"" + PLANTED).post("/v1/rulesets").then().statusCode(422);
    tenant.request().body("{\"" + PLANTED + "\":1}").post("/v1/api-keys").then().statusCode(400);
    tenant.webhook("evt_s_" + tenant.id(), "invoice.created", PLANTED, "open");

    Map<String, String> places = new java.util.LinkedHashMap<>();
    List<String> services = new ArrayList<>(suite.file().services().keySet());
    services.forEach(
        service -> {
          places.put(service + " log", suite.log(service));
          places.put(
              service + " metrics",
              RestAssured.get(suite.serviceUrl(service) + "/q/metrics").asString());
        });
    places.put("gateway log", suite.log("gateway"));
    places.forEach(
        (place, text) ->
            assertThat(text)
                .as(place)
                .doesNotContain(PLANTED)
                .doesNotContain(tenant.key())
                .doesNotContain(suite.file().adminToken())
                .doesNotContain(suite.webhookSecret()));
    assertThat(new String(tenant.export(), java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain(tenant.key());
    assertThat(tenant.events("request_received").toString()).doesNotContain(PLANTED);
    assertThat(tenant.events("gate_failed").toString()).doesNotContain(PLANTED);
  }
}
