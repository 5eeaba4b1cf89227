package dev.nofate.system.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Shell;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.Tenant;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** What the documents about tenants, their money and their keys find. */
final class TenantStages {

  private static final Duration A_PERIOD_AND_MORE = Duration.ofSeconds(60);

  private TenantStages() {}

  static Stage auditor(Suite suite, Path folder) {
    Tenant tenant = suite.tenant().withRuleset();
    write(
        folder.resolve("2026-10.checkpoint"),
        tenant.request().get("/v1/audit/checkpoint").then().statusCode(200).extract().asString());
    String request = Proposals.transfer(1200);
    Response answer = tenant.evaluate(request);
    write(folder.resolve("request.json"), request);
    write(folder.resolve("answer.json"), answer.asString());
    await().atMost(A_PERIOD_AND_MORE).until(() -> !tenant.ledger().isEmpty());
    return of(tenant, folder)
        .with("ID", answer.path("evaluation_id"))
        .prints("--checkpoint 2026-10.checkpoint", "Everything that was asked for holds\\.")
        .prints("--checkpoint 2026-10.checkpoint", "1 were decided again.*bill: 1 entries");
  }

  static Stage billing(Suite suite, Path folder) {
    Tenant tenant = suite.tenant();
    String event = "evt_" + UUID.randomUUID().toString().replace("-", "");
    assertThat(tenant.webhook(event, "invoice.created", "in_runbook", "draft")).isEqualTo(200);
    return of(tenant, folder)
        .with("EVENT", event)
        .prints("billing/portal", "nanousd_per_gate.*\"standing\":\"ACTIVE\".*\"url\":")
        .prints("billing reconcile", "compared with the chain.*held-reports")
        .prints("webhooks replay", event + "  waits");
  }

  static Stage stripeOutage(Suite suite, Path folder) {
    return of(suite.tenant(), folder).prints("billing waiting", "held-reports +0");
  }

  static Stage keys(Suite suite, Path folder) {
    Tenant own = new Tenant(suite, suite.file().tenantId(), suite.file().apiKey());
    return of(own, folder)
        .with("ID", agent(own))
        .prints("deploy/kubernetes/base/secrets.yaml", "nofate/gate-service\\s+api_secret_salt")
        .prints("set_by_operator", "settings.env:\\d+:STRIPE_METERED_PRICE_ID")
        .prints("keys rotate", "nf_test_.*revoked ");
  }

  static Stage rotation(Suite suite, Path folder) {
    Tenant tenant = suite.tenant();
    String agent = agent(tenant);
    copy(suite.home().resolve("keys/audit-signing.pem"), folder.resolve("old.pem"));
    return of(tenant, folder)
        .with("OLD_KEY", agent)
        .prints("old.pem", "([0-9A-Za-z+/]{43}=)\n.*\"public_key\":\"\\1\",\"state\":\"signing\"")
        .prints("keys rotate", "revoked " + agent)
        .prints("nf_live_", "^nf_live_[0-9A-Za-z_-]{43}\n");
  }

  static Stage signOff(Suite suite, Path folder) {
    String reader =
        suite
            .operator()
            .body("{\"name\":\"reader\",\"scopes\":[\"audit:read\",\"billing:read\"]}")
            .post("/v1/api-keys")
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    return of(suite.tenant(), folder)
        .with("READER", reader)
        .prints("admin_action", "\"items\":")
        .prints("audit/verify", "\"valid\":true")
        .prints("billing/prices", "nanousd_per_gate");
  }

  static Stage redis(Suite suite, Path folder) {
    return new Stage(folder)
        .with("GATE", suite.serviceUrl("gate-service"))
        .prints("without_redis", "\"UP\".*nofate_admission_without_redis_total");
  }

  static Stage retention(Suite suite, Path folder) {
    Tenant tenant = suite.tenant().withRuleset();
    tenant
        .request()
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .header("No-Fate-Subject", "customer-4711")
        .body(Proposals.transfer(1))
        .post("/v1/evaluations/forward")
        .then()
        .statusCode(200);
    return of(tenant, folder)
        .with("SUBJECT", "customer-4711")
        .with("ID", tenant.evaluate(Proposals.transfer(2)).path("evaluation_id"))
        .prints("evaluations?limit", "\"items\":.*decision_digest")
        .prints("erasures", "\"erased\":1.*\n?410\n.*content_erased.*asked for holds")
        .prints("SELECT count", "^0$");
  }

  static Stage onboarding(Suite suite, Path folder) {
    write(folder.resolve("ruleset.json"), Proposals.RULESET);
    return new Stage(folder)
        .with("URL", suite.gatewayUrl())
        .with("OPERATOR", suite.file().adminToken())
        .prints("/v1/caller", "\"version\":1.*nf_test_.*\"retention_days\":365")
        .prints(
            "onboarding-", "DETERMINISTIC_COMPLIANCE.*response_emitted.*asked for holds.*closed_")
        .prints("keys revoke", "revoked .*revoked ");
  }

  static Stage tls(Suite suite, Path folder) {
    Shell.Result made =
        Shell.run(
            folder,
            suite.home(),
            "openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.crt"
                + " -days 30 -subj /CN=api.nofate.example");
    assertThat(made.exitCode()).as(made.output()).isZero();
    return new Stage(folder).prints("checkend", "api.nofate.example.*will not expire");
  }

  /** The id of a key that the tenant's program uses. */
  private static String agent(Tenant tenant) {
    return tenant
        .request()
        .body("{\"name\":\"agent\",\"scopes\":[\"evaluate\"]}")
        .post("/v1/api-keys")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** What most documents name. */
  static Stage of(Tenant tenant, Path folder) {
    return new Stage(folder)
        .with("URL", tenant.suite().gatewayUrl())
        .with("KEY", tenant.key())
        .with("TENANT_ADMIN", tenant.key())
        .with("TENANT", tenant.id())
        .with("OPERATOR", tenant.suite().file().adminToken());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
