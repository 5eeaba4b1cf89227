package dev.nofate.gate.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.gate.ruleset.Examples;
import dev.nofate.gate.standin.Clerk;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What the pages show and do, without a browser. */
@GateTest
class PagesIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void theOverviewCountsWhatWasAnswered() {
    Client tenant = Client.fresh().withRuleset();
    tenant.evaluate(Client.freshKey(), Client.transfer(1)).then().statusCode(200);
    tenant.evaluate(Client.freshKey(), Client.transfer(9000)).then().statusCode(200);
    tenant.evaluate(Client.freshKey(), "{}").then().statusCode(200);
    Looker reader = Looker.of(tenant, "reader");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        reader
                            .page("/console")
                            .select("section[aria-labelledby=states] .numbers")
                            .eachText())
                    .containsExactly("1 (33.3 %)", "1 (33.3 %)", "0 (0.0 %)", "1 (33.3 %)"));
    Document page = reader.page("/console?range=7d");
    assertThat(page.select("section[aria-labelledby=gates]").text())
        .contains("RULE_VIOLATION 1", "MISSING_REQUIRED_FIELD 1");
    assertThat(page.select("section[aria-labelledby=times]").text()).contains("p99");
  }

  @Test
  void aFirstVisitStaysUnderAHundredKibibytes() {
    Looker reader = Looker.of(Client.fresh(), "reader");
    Document page = reader.page("/console");
    int bytes = reader.get("/console").asByteArray().length;
    for (var asset : page.select("link[href], script[src], img[src]")) {
      String address = asset.hasAttr("href") ? asset.attr("href") : asset.attr("src");
      Response answer = reader.get(address);
      assertThat(answer.statusCode()).as(address).isEqualTo(200);
      bytes += answer.asByteArray().length;
    }
    assertThat(bytes).isLessThan(100 * 1024);
  }

  @Test
  void noPageHoldsAnInlineStyleOrScript() {
    Client tenant = Client.fresh().withRuleset();
    Looker admin = Looker.of(tenant, "admin");
    for (String path :
        List.of("/console", "/console/evaluations?tail=on", "/console/draft", "/console/admin")) {
      Document page = admin.page(path);
      assertThat(page.select("[style], style, script:not([src])")).as(path).isEmpty();
      assertThat(page.getAllElements().stream().flatMap(e -> e.attributes().asList().stream()))
          .as(path)
          .noneMatch(attribute -> attribute.getKey().startsWith("on"));
    }
  }

  @Test
  void anEvaluationIsAWalkThroughTheGates() {
    Client tenant = Client.fresh().withRuleset();
    String id =
        tenant
            .evaluate(
                Client.freshKey(),
                """
                {"ruleset":"payments.transfer","proposal":{"amount":7,"currency":"EUR"},
                 "evaluated_at":"%s"}"""
                    .formatted(java.time.Instant.now()))
            .then()
            .statusCode(200)
            .extract()
            .path("evaluation_id");
    Document page = Looker.of(tenant, "reader").page("/console/evaluations/" + id);

    assertThat(page.select(".walk .gate-name").eachText())
        .containsExactly("intake", "temporal", "authority", "rules", "cardinality", "validity");
    assertThat(page.select(".walk .ended").text()).contains("FACTS_INCOMPLETE", "context.limit");
    assertThat(page.select(".walk .later").size()).isEqualTo(2);
    assertThat(page.select("section[aria-labelledby=bound] dd").eachText()).contains("7");
    assertThat(page.text()).contains("TP 4.1", "hmac-sha256:");
    assertThat(page.select("section[aria-labelledby=erase]")).isEmpty();
  }

  @Test
  void aReplayShowsBothDigests() {
    Client tenant = Client.fresh().withRuleset();
    String id =
        tenant
            .evaluate(Client.freshKey(), Client.transfer(1))
            .then()
            .extract()
            .path("evaluation_id");
    Looker reader = Looker.of(tenant, "reader");
    Response replay = reader.post("/console/evaluations/" + id + "/replay", Map.of());

    Document page = org.jsoup.Jsoup.parse(replay.asString());
    List<String> digests = page.select("section code").eachText();
    assertThat(digests.get(0)).startsWith("sha256:").isEqualTo(digests.get(1));
    assertThat(page.text()).contains("are the recorded ones");
  }

  @Test
  void theListIsFilteredAndGoesOn() {
    Client tenant = Client.fresh().withRuleset();
    for (int i = 0; i < 51; i++) {
      tenant.evaluate(Client.freshKey(), Client.transfer(1)).then().statusCode(200);
    }
    tenant.evaluate(Client.freshKey(), Client.transfer(9000)).then().statusCode(200);
    Looker reader = Looker.of(tenant, "reader");

    Document first = reader.page("/console/evaluations");
    Document second = reader.page(first.selectFirst(".pages a").attr("href"));
    assertThat(first.select("tbody tr")).hasSize(50);
    assertThat(second.select("tbody tr")).hasSize(2);
    assertThat(
            reader
                .page("/console/evaluations?state=DETERMINISTIC_VIOLATION&gate=&code=")
                .select("tbody tr"))
        .hasSize(1);
    assertThat(reader.page("/console/evaluations?from=2999-01-01T00:00").select("tbody tr").text())
        .contains("There is no such evaluation");
    reader.get("/console/evaluations?from=yesterday").then().statusCode(400);
  }

  @Test
  void theScriptReadsTheRowsAlone() {
    Client tenant = Client.fresh().withRuleset();
    tenant.evaluate(Client.freshKey(), Client.transfer(1)).then().statusCode(200);
    Looker reader = Looker.of(tenant, "reader");
    String rows =
        io.restassured.RestAssured.given()
            .cookie(Looker.COOKIE, reader.cookie())
            .header("HX-Request", "true")
            .get("/console/evaluations?tail=on")
            .asString();
    assertThat(rows).contains("<tr>").doesNotContain("<html");
  }

  @Test
  void aDraftIsCheckedAndPublished() {
    Client tenant = Client.fresh();
    Looker admin = Looker.of(tenant, "admin");

    String broken = Examples.RULESET.replace("proposal.amount <= context.limit", "proposal.amout");
    String found = admin.post("/console/draft/check", Map.of("document", broken)).asString();
    assertThat(found).contains("UNDECLARED_FACT", "proposal.amout");
    admin.post("/console/draft/publish", Map.of("document", broken)).then().statusCode(422);

    Response published = admin.post("/console/draft/publish", Map.of("document", Examples.RULESET));
    assertThat(published.statusCode()).isEqualTo(303);
    assertThat(published.header("Location"))
        .startsWith("/console/rulesets/payments.transfer@1?done=");
    Document version = admin.page("/console/rulesets/payments.transfer@1");
    assertThat(version.text()).contains("within-limit", "TP 4.1", "small");

    String id =
        tenant
            .evaluate(Client.freshKey(), Client.transfer(4))
            .then()
            .extract()
            .path("evaluation_id");
    String stricter =
        Examples.RULESET
            .replace("proposal.amount <= context.limit", "proposal.amount < 3")
            .replace("proposal.amount > context.limit", "proposal.amount >= 3");
    String backtest =
        admin
            .post("/console/draft/backtest", Map.of("document", stricter, "days", "1"))
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(backtest).contains(id, "RULE_VIOLATION");

    String second = Examples.RULESET.replace("TP 4.1", "TP 5");
    admin.post("/console/draft/publish", Map.of("document", second)).then().statusCode(303);
    assertThat(
            admin
                .page("/console/rulesets/payments.transfer/diff?from=1&to=2")
                .select(".diff")
                .text())
        .contains("TP 4.1", "TP 5");
  }

  @Test
  void aKeyIsShownOnceAndRevoked() {
    Client tenant = Client.fresh();
    Looker admin = Looker.of(tenant, "admin");
    Response made =
        admin.post(
            "/console/admin/keys",
            Map.of("name", "for <b>bold</b>", "scopes", List.of("evaluate", "audit:read")));
    String key = org.jsoup.Jsoup.parse(made.asString()).selectFirst(".secret").text();
    assertThat(key).startsWith("nf_");
    assertThat(made.asString()).contains("for &lt;b&gt;bold&lt;/b&gt;");
    new Client(tenant.tenant(), key).request().get("/v1/evaluations").then().statusCode(200);

    Document list = admin.page("/console/admin");
    assertThat(list.text()).doesNotContain(key);
    String revoke =
        list.select("form[action$=/revoke]").stream()
            .filter(form -> form.text().contains("bold"))
            .findFirst()
            .orElseThrow()
            .attr("action");
    String rotate = revoke.replace("/revoke", "/rotate");
    String rotated = admin.post(rotate, Map.of("hours", "1")).then().extract().asString();
    String next = org.jsoup.Jsoup.parse(rotated).selectFirst(".secret").text();
    new Client(tenant.tenant(), next).request().get("/v1/evaluations").then().statusCode(200);
    new Client(tenant.tenant(), key).request().get("/v1/evaluations").then().statusCode(200);
    admin.post(revoke, Map.of()).then().statusCode(303);
    new Client(tenant.tenant(), key).request().get("/v1/evaluations").then().statusCode(401);
  }

  @Test
  void whatWasErasedIsStillAWalk() {
    Client tenant = Client.fresh().withRuleset();
    String id =
        tenant
            .evaluate(Client.freshKey(), Client.transfer(4242))
            .then()
            .extract()
            .path("evaluation_id");
    Looker admin = Looker.of(tenant, "admin");
    assertThat(admin.page("/console/evaluations/" + id).text()).contains("4242");
    admin.post("/console/admin/erasure/content", Map.of("evaluation", id)).then().statusCode(400);
    admin
        .post("/console/admin/erasure/content", Map.of("evaluation", id, "sure", "yes"))
        .then()
        .statusCode(303);
    Document page = admin.page("/console/evaluations/" + id);
    assertThat(page.text()).doesNotContain("4242").contains("erased");
    assertThat(page.select(".walk .passed")).hasSize(6);
  }

  @Test
  void whatARequestHoldsIsNeverMarkup() {
    Client tenant = Client.fresh().withRuleset();
    String id =
        tenant
            .evaluate(
                Client.freshKey(), Client.transfer(1).replace("EUR", "<script>alert(1)</script>"))
            .then()
            .extract()
            .path("evaluation_id");
    String html = Looker.of(tenant, "reader").get("/console/evaluations/" + id).asString();
    assertThat(html).contains("&lt;script&gt;").doesNotContain("<script>alert");
  }

  @Test
  void theOperatorSeesTenantsAndMakesThem() {
    Looker operator = Looker.operator();
    Response made =
        operator.post("/console/operator/tenants", Map.of("name", "made here", "limit", "7"));
    assertThat(new String(made.asByteArray(), StandardCharsets.UTF_8)).contains("nf_test_");
    operator.page("/console/operator");
  }

  @Test
  void theFormOfANewTenantSentAgainMakesNoOther() {
    Looker operator = Looker.operator();
    Document page = operator.page("/console/operator");
    String key = page.selectFirst("input[name=key]").val();
    Map<String, String> form = Map.of("name", "made once", "key", key);
    Document first = Jsoup.parse(operator.post("/console/operator/tenants", form).asString());
    Document again = Jsoup.parse(operator.post("/console/operator/tenants", form).asString());
    assertThat(first.select(".secret").text()).startsWith("nf_test_");
    assertThat(again.select(".secret").text()).isEqualTo(first.select(".secret").text());
    assertThat(again.select("dd code").text()).isEqualTo(first.select("dd code").text());
    assertThat(operator.page("/console/operator").selectFirst("input[name=key]").val())
        .isNotEqualTo(key);
  }

  @Test
  void theOperatorSeesWhoATenantIsAndRevokesAKeyOfIts() {
    Client tenant = Client.fresh();
    String organization = Clerk.organizationOf(tenant);
    Looker operator = Looker.operator();
    String path = "/console/operator/tenants/" + tenant.tenant();
    Document page = operator.page(path);
    assertThat(page.select("section[aria-labelledby=tenant]").text())
        .contains(organization, "1,000,000 a minute");
    String revoke = page.selectFirst("form[action*=/keys/]").attr("action");
    assertThat(operator.post(revoke, Map.of()).header("Location")).startsWith(path + "?done=");
    tenant.request().get("/v1/evaluations").then().statusCode(401);
    assertThat(operator.page(path).select("section[aria-labelledby=keys]").text())
        .contains("revoked");
    assertThat(operator.get("/console/operator/tenants/" + UUID.randomUUID()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void anInvoiceIsOpenedFromItsNumberAndOneWithoutLinksSaysSo() {
    Neighbours.bill(
        "invoices",
        """
        {"items":[
          {"invoice_id":"in_2","status":"OPEN","amount_due_cents":2400,"amount_paid_cents":0,
           "currency":"usd","occurred_at":"2026-11-01T01:00:00.000000Z",
           "observed_at":"2026-11-01T01:00:01.000000Z","number":"8C2E-0002",
           "period_start":"2026-10-01T00:00:00.000000Z","period_end":"2026-11-01T00:00:00.000000Z",
           "hosted_invoice_url":"https://invoice.stripe.com/i/acct_1/test_a?s=ap&t=\\"",
           "invoice_pdf":"https://pay.stripe.com/invoice/acct_1/test_a/pdf?s=ap"},
          {"invoice_id":"in_1","status":"DRAFT","amount_due_cents":1,"amount_paid_cents":0,
           "currency":"usd","occurred_at":"2026-10-01T01:00:00.000000Z",
           "observed_at":"2026-10-01T01:00:01.000000Z"}],"next":null}
        """);
    Document page = Looker.of(Client.fresh(), "reader").page("/console/billing");

    var rows = page.select("section[aria-labelledby=invoices] tbody tr");
    assertThat(rows.get(0).text())
        .contains("8C2E-0002", "in_2", "2026-10-01 00:00:00", "2026-11-01 00:00:00", "24.00 USD");
    assertThat(rows.get(0).select("a").eachAttr("href"))
        .containsExactly(
            "https://invoice.stripe.com/i/acct_1/test_a?s=ap&t=\"",
            "https://pay.stripe.com/invoice/acct_1/test_a/pdf?s=ap");
    assertThat(rows.get(0).select("a").eachText())
        .containsExactly("Page of invoice 8C2E-0002", "PDF of invoice 8C2E-0002");
    assertThat(rows.get(0).select("a").eachAttr("rel")).containsOnly("noopener noreferrer");
    assertThat(rows.get(1).text()).contains("in_1", "not known", "no link is known");
    assertThat(rows.get(1).select("a")).isEmpty();
  }

  @Test
  void theOperatorSeesHeldReportsAndFaultsOfTheMeter() {
    String tenant = Client.fresh().tenant();
    Neighbours.bill(
        "held-reports",
        """
        {"items":[{"tenant_id":"%s","entry_no":7,"channel":"METER_EVENT",
          "first_sent_at":"2026-11-23T11:00:07.000000Z","reason":"the meter's sum is 3, not 24"}],
         "next":null}
        """
            .formatted(tenant));
    Neighbours.bill(
        "meter-faults",
        """
        {"items":[{"event_id":"evt_1","type":"v1.billing.meter.no_meter_found","meter_id":null,
          "errors":2,"codes":"no_meter","entries":1,"observed_at":"2026-11-23T11:00:07.000000Z"}],
         "next":null}
        """);
    Document page = Looker.operator().page("/console/operator");

    assertThat(page.select("section[aria-labelledby=held] tbody").text())
        .contains(
            tenant, "7", "METER_EVENT", "2026-11-23 11:00:07", "the meter's sum is 3, not 24");
    assertThat(page.select("section[aria-labelledby=held] tbody a").attr("href"))
        .isEqualTo("/console/operator/tenants/" + tenant);
    assertThat(page.select("section[aria-labelledby=faults] tbody").text())
        .contains("evt_1", "v1.billing.meter.no_meter_found", "no_meter");
    assertThat(Looker.of(Client.fresh(), "admin").get("/console/operator").statusCode())
        .isEqualTo(403);
  }

  @Test
  void anAdminGoesToTheProvidersPageForAPaymentMethodAndComesBack() {
    Looker admin = Looker.of(Client.fresh(), "admin");
    Document opened =
        Jsoup.parse(admin.post("/console/billing/payment-method", Map.of()).asString());
    assertThat(opened.selectFirst("a.first").attr("href")).isEqualTo("https://pay.example/cs_1");

    Document back = admin.page("/console/billing?page=cs_1");
    var form = back.selectFirst("form[action$=/adoption]");
    Response adopted =
        admin.post(form.attr("action"), Map.of("page", form.selectFirst("[name=page]").val()));
    assertThat(adopted.header("Location")).isEqualTo("/console/billing?done=payment_method_set");
    assertThat(Neighbours.adopted()).contains("cs_1");
    assertThat(admin.page("/console/billing?page=%3Cscript%3E").select("#setup")).isEmpty();
  }
}
