package dev.nofate.system.security;

import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.Tenant;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;

/** A tenant with one of everything, and what of it another tenant could know and ask for. */
record Victim(
    Tenant tenant,
    String ruleset,
    String evaluation,
    String keyId,
    String subject,
    Map<String, String> cursors) {

  /** Occurs in its ruleset and in its proposals, and nowhere else. */
  static final String MARK = "crawlvictim";

  static Victim in(Suite suite) {
    Tenant tenant = suite.tenant();
    String ruleset = MARK + ".transfer";
    String subject = MARK + "-subject";
    tenant
        .request()
        .body(Proposals.RULESET.replace("payments.transfer", ruleset))
        .post("/v1/rulesets")
        .then()
        .statusCode(201);
    String evaluation = null;
    for (int i = 0; i < 3; i++) {
      evaluation =
          tenant
              .request()
              .header("Idempotency-Key", MARK + i)
              .header("No-Fate-Subject", subject)
              .body(Proposals.transfer(i).replace("payments.transfer", ruleset))
              .post("/v1/evaluations/forward")
              .then()
              .statusCode(200)
              .extract()
              .path("evaluation_id");
    }
    JsonPath keys = tenant.request().get("/v1/api-keys").jsonPath();
    String keyId = keys.getString("items[0].id");
    return new Victim(tenant, ruleset, evaluation, keyId, subject, cursors(tenant));
  }

  /** By path, what the victim's own first page says comes next. */
  private static Map<String, String> cursors(Tenant tenant) {
    return Map.of(
        "/v1/evaluations", next(tenant, "/v1/evaluations"),
        "/v1/audit/events", next(tenant, "/v1/audit/events"));
  }

  private static String next(Tenant tenant, String path) {
    Object next = tenant.request().get(path + "?limit=1").jsonPath().get("next");
    if (next == null) {
      throw new AssertionError(path + " has a second page");
    }
    return next.toString();
  }

  /** What no answer to another tenant holds. */
  List<String> secrets() {
    return List.of(MARK, tenant.id(), evaluation, keyId, tenant.key());
  }

  /** What the victim sees of its own; the crawl leaves it as it was. */
  String view() {
    return tenant.request().get("/v1/evaluations/" + evaluation).asString()
        + tenant.request().get("/v1/rulesets/" + ruleset).asString()
        + tenant.request().get("/v1/retention").asString()
        + tenant.request().get("/v1/api-keys").jsonPath().getList("items.id")
        + tenant.request().get("/v1/billing/account").jsonPath().getString("standing");
  }

  /** The value for a parameter of this name. */
  String value(Endpoint endpoint, String parameter) {
    return switch (parameter) {
      case "id" -> id(endpoint.path());
      case "name", "reference", "ruleset" -> ruleset;
      case "tenant", "tenant_id" -> tenant.id();
      case "after" -> cursors.getOrDefault(endpoint.path(), "1");
      case "subject" -> evaluation;
      case "from" ->
          endpoint.path().contains("proof") || endpoint.path().contains("diff")
              ? "1"
              : "2020-01-01T00:00:00Z";
      case "to" ->
          endpoint.path().contains("proof") || endpoint.path().contains("diff")
              ? "2"
              : "2040-01-01T00:00:00Z";
      case "limit" -> "100";
      case "period" -> "2026-11";
      case "seq", "entry" -> "1";
      case "page" -> "cs_" + MARK;
      case "event" -> "evt_" + MARK;
      default -> MARK;
    };
  }

  private String id(String path) {
    if (path.startsWith("/v1/api-keys")) {
      return keyId;
    }
    return path.startsWith("/v1/tenants") ? tenant.id() : evaluation;
  }
}
