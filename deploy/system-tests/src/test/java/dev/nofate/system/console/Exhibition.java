package dev.nofate.system.console;

import dev.nofate.cli.console.ConsoleLinks;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.Tenant;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** A tenant with something on every page, and the addresses of the pages. */
record Exhibition(Suite suite, Tenant tenant, String evaluation, String erased) {

  static Exhibition of(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    tenant
        .request()
        .body(
            Proposals.RULESET.replace(
                "\"outcome\":\"VIOLATION\"", "\"outcome\":\"VIOLATION\",\"cite\":\"TP 4.2\""))
        .post("/v1/rulesets")
        .then()
        .statusCode(201);
    for (int i = 0; i < 6; i++) {
      tenant.evaluate(Proposals.transfer(1 + i)).then().statusCode(200);
    }
    tenant.evaluate(Proposals.transfer(9000)).then().statusCode(200);
    tenant.evaluate("{\"ruleset\":1}").then().statusCode(200);
    String evaluation =
        tenant.evaluate(Proposals.withoutLimit()).then().extract().path("evaluation_id");
    String erased = tenant.evaluate(Proposals.transfer(3)).then().extract().path("evaluation_id");
    tenant.request().delete("/v1/evaluations/" + erased + "/content").then().statusCode(200);
    tenant.webhook("evt_failed" + tenant.id(), "invoice.payment_failed", "in_console", "open");
    await(() -> !tenant.ledger().isEmpty() && !"ACTIVE".equals(tenant.standing()));
    tenant.webhook("evt_paid" + tenant.id(), "invoice.paid", "in_console", "paid");
    await(() -> "ACTIVE".equals(tenant.standing()));
    // The gate is told a moment later; until then it decides nothing.
    await(() -> tenant.evaluate(Proposals.transfer(4)).statusCode() == 200);
    return new Exhibition(suite, tenant, evaluation, erased);
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(condition);
  }

  /** A way in, as path and query. */
  String link(String role) {
    ConsoleLinks links = new ConsoleLinks(suite.gatewayUrl(), suite.file().adminToken());
    String address =
        role.equals("operator") ? links.make(null, "admin") : links.make(tenant.id(), role);
    return address.substring(suite.gatewayUrl().length());
  }

  /** Pages by the name of their picture. */
  Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("overview", "/console");
    pages.put("overview-week", "/console?range=7d");
    pages.put("evaluations", "/console/evaluations");
    pages.put("evaluations-filtered", "/console/evaluations?gate=rules&state=");
    pages.put("evaluation", "/console/evaluations/" + evaluation);
    pages.put("evaluation-erased", "/console/evaluations/" + erased);
    pages.put("rulesets", "/console/rulesets");
    pages.put("ruleset", "/console/rulesets/payments.transfer");
    pages.put("difference", "/console/rulesets/payments.transfer/diff?from=1&to=2");
    pages.put("audit", "/console/audit");
    pages.put("events", "/console/audit/events");
    pages.put("events-filtered", "/console/audit/events?type=gate_failed");
    pages.put("billing", "/console/billing");
    pages.put("ledger", "/console/billing/ledger");
    pages.put("reconciliation", "/console/billing/reconciliation");
    pages.put("status", "/console/status");
    pages.put("nothing", "/console/nothing");
    return pages;
  }

  Map<String, String> adminPages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("draft", "/console/draft?from=payments.transfer");
    pages.put("admin", "/console/admin");
    return pages;
  }

  Map<String, String> operatorPages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("operator", "/console/operator");
    pages.put("tenant", "/console/operator/tenants/" + tenant.id());
    return pages;
  }
}
