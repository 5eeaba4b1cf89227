package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.RestAssured;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** I10: no secret and no proposal content in a log line, a metric, a trace or an audit payload. */
@SuiteTest
class SilenceIT {

  private static final String PLANTED = "planted-7d1f9c-content";

  /** An invoice's id stands in the log on purpose, and nowhere else. */
  private static final String INVOICE = "planted-7d1f9c-invoice";

  /** Spans are exported within this time. */
  private static final Duration EXPORT = Duration.ofSeconds(30);

  @Test
  void plantedContentAndKeysAppearNowhereOutsideTheAnswer(Suite suite) throws SQLException {
    Tenant tenant = suite.tenant().withRuleset();
    String body = Proposals.transfer(5).replace("EUR", PLANTED);
    tenant.evaluate(body).then().statusCode(200);
    tenant.evaluate("{\"" + PLANTED).then().statusCode(200);
    tenant.evaluate(body.replace("\"ruleset\"", "\"" + PLANTED + "\"")).then().statusCode(200);
    tenant.request().body("{\"name\":\"" + PLANTED).post("/v1/rulesets").then().statusCode(422);
    tenant.request().body("{\"" + PLANTED + "\":1}").post("/v1/api-keys").then().statusCode(400);
    tenant
        .request()
        .header("No-Fate-Subject", PLANTED)
        .header("Idempotency-Key", "subject")
        .body(Proposals.transfer(6))
        .post("/v1/evaluations/forward")
        .then()
        .statusCode(200);
    tenant.request().body("[\"" + PLANTED + "\"]").post("/v1/evaluations/batch");
    suite.anonymous().header("x-api-key", "nf_live_" + PLANTED).get("/v1/evaluations");
    suite.anonymous().header("x-api-key", "nf_live_" + PLANTED).get("/v1/audit/events");
    suite.anonymous().header("Authorization", "Bearer " + PLANTED).get("/v1/billing/account");
    suite.anonymous().header("Stripe-Signature", PLANTED).body(PLANTED).post("/webhooks/stripe");
    tenant.webhook("evt_s_" + tenant.id(), "invoice.created", INVOICE, "open");
    String invoice = "in_" + tenant.id().replace("-", "");
    tenant.webhook("evt_l_" + tenant.id(), "invoice.finalized", invoice, "open");
    await()
        .atMost(EXPORT)
        .until(
            () ->
                tenant
                    .request()
                    .get("/v1/billing/invoices")
                    .asString()
                    .contains(Proposals.INVOICE_LINK));

    String traced = "/v1/evaluations/forward";
    await().atMost(EXPORT).until(() -> suite.traces().spans().toString().contains(traced));
    // What was exported so far may end before the last request: the next look comes after it.
    String marker = tenant.evaluate(Proposals.transfer(7)).path("evaluation_id");
    suite.anonymous().get("/v1/evaluations/" + marker);
    await().atMost(EXPORT).until(() -> suite.traces().spans().toString().contains(marker));

    Map<String, String> places = new LinkedHashMap<>();
    suite
        .file()
        .services()
        .keySet()
        .forEach(
            service -> {
              places.put(service + " log", suite.log(service));
              places.put(
                  service + " metrics",
                  RestAssured.get(suite.serviceUrl(service) + "/q/metrics").asString());
            });
    places.put("gateway log", suite.log("gateway"));
    places.put("traces", suite.traces().spans().toString());
    List<String> secrets =
        List.of(
            tenant.key(),
            Proposals.INVOICE_LINK,
            suite.file().adminToken(),
            suite.webhookSecret(),
            suite.file().postgres().url());
    places.forEach(
        (place, text) -> {
          assertThat(text).as(place).isNotEmpty();
          assertThat(text).as(place).doesNotContain(PLANTED).doesNotContain(INVOICE);
          secrets.forEach(secret -> assertThat(text).as(place).doesNotContain(secret));
        });
    String rows = payloads(suite);
    assertThat(rows).contains("ruleset").doesNotContain(PLANTED);
    secrets.forEach(secret -> assertThat(rows).doesNotContain(secret));
    assertThat(tenant.events("request_received").toString()).doesNotContain(PLANTED);
    assertThat(tenant.events("gate_failed").toString()).doesNotContain(PLANTED);
  }

  /** Every payload of every tenant. */
  private static String payloads(Suite suite) throws SQLException {
    try (Connection database = suite.superuser();
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT string_agg(payload::text, ' ') FROM audit.audit_events")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
