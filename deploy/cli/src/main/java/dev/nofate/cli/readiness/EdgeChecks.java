package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.verified;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.readiness.Http.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The front door, seen from outside without a key. */
record EdgeChecks(Deployment deployment, Http http) implements Register.Family {

  private static final int OK = 200;
  private static final int REDIRECT = 300;
  private static final int CLIENT_ERROR = 400;
  private static final String STRANGER = "https://readiness.invalid";
  private static final String FORWARD = "/v1/evaluations/forward";
  private static final String OPENAPI = "/q/openapi";

  /** The console's page that nobody has to be signed in for. */
  private static final String CONSOLE = "/console/status";

  @Override
  public void enter(Register register) {
    register
        .line("https", this::https)
        .line("cors", this::cors)
        .line("security-headers", this::headers)
        .line("compression", this::compression)
        .line("static-pages", this::pages)
        .line("openapi", this::openApi)
        .line("accessible", this::accessible);
  }

  private Outcome https() {
    if (!"https".equals(deployment.url().getScheme())) {
      return failed("The address is %s: not HTTPS.", deployment.url());
    }
    Optional<String> hsts =
        http.get(deployment.at(OPENAPI), Map.of()).header("Strict-Transport-Security");
    if (hsts.isEmpty()) {
      return failed("Answers over HTTPS carry no Strict-Transport-Security.");
    }
    String plain = "http://" + deployment.url().getHost() + OPENAPI;
    try {
      Seen seen = http.get(plain, Map.of());
      boolean moved =
          seen.status() >= REDIRECT
              && seen.status() < CLIENT_ERROR
              && seen.header("Location").filter(to -> to.startsWith("https://")).isPresent();
      return moved
          ? verified(
              "HTTPS with %s; plain HTTP answers %d towards HTTPS.", hsts.get(), seen.status())
          : failed("Plain HTTP is served: %s answered %d.", plain, seen.status());
    } catch (CommandFailure e) {
      return verified("HTTPS with %s; plain HTTP is not answered.", hsts.get());
    }
  }

  private Outcome cors() {
    Optional<String> stranger = allowed(STRANGER);
    if (stranger.isPresent()) {
      return failed(
          "A page of %s is let in: Access-Control-Allow-Origin: %s.", STRANGER, stranger.get());
    }
    Optional<String> configured =
        deployment
            .settings()
            .of(Settings.GATE, "CORS_ORIGINS")
            .map(list -> list.split(",")[0].strip());
    if (configured.isEmpty()) {
      return verified(
          "A page of another origin is not let in, and none is configured (CORS_ORIGINS).");
    }
    return allowed(configured.get()).filter(configured.get()::equals).isPresent()
        ? verified("Pages of %s are let in, those of another origin are not.", configured.get())
        : failed("Pages of %s, which CORS_ORIGINS names, are not let in.", configured.get());
  }

  private Optional<String> allowed(String origin) {
    return http.send(
            "OPTIONS",
            deployment.at(FORWARD),
            "",
            Map.of(
                "Origin", origin,
                "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "x-api-key,content-type,idempotency-key"))
        .header("Access-Control-Allow-Origin");
  }

  private Outcome headers() {
    List<String> missing = new ArrayList<>();
    for (String path : List.of(OPENAPI, FORWARD)) {
      Seen seen = http.get(deployment.at(path), Map.of());
      lacking(seen, List.of("X-Content-Type-Options", "Referrer-Policy"), path, missing);
      if ("https".equals(deployment.url().getScheme())) {
        lacking(seen, List.of("Strict-Transport-Security"), path, missing);
      }
    }
    Seen page = http.get(deployment.at(CONSOLE), Map.of());
    lacking(page, List.of("Content-Security-Policy"), CONSOLE, missing);
    return missing.isEmpty()
        ? verified("Answers of the API and the console carry the security headers, refusals too.")
        : failed("Not there: %s.", String.join(", ", missing));
  }

  private static void lacking(Seen seen, List<String> names, String path, List<String> missing) {
    names.stream()
        .filter(name -> seen.header(name).isEmpty())
        .forEach(name -> missing.add(name + " at " + path));
  }

  private Outcome compression() {
    Seen seen = http.get(deployment.at(OPENAPI), Map.of("Accept-Encoding", "gzip, br"));
    return seen.header("Content-Encoding")
        .map(encoding -> verified("%s is answered with Content-Encoding %s.", OPENAPI, encoding))
        .orElseGet(
            () ->
                failed(
                    "%s is answered without Content-Encoding to Accept-Encoding gzip, br.",
                    OPENAPI));
  }

  private Outcome pages() {
    Seen page = http.get(deployment.at(CONSOLE), Map.of()).expect(OK, "GET " + CONSOLE);
    boolean revalidated = page.header("ETag").or(() -> page.header("Last-Modified")).isPresent();
    boolean directed = page.header("Cache-Control").isPresent();
    return revalidated || directed
        ? verified(
            "The console's page is served static: %s.",
            directed ? "Cache-Control " + page.header("Cache-Control").get() : "with a validator")
        : failed("The console's page carries neither Cache-Control nor a validator.");
  }

  private Outcome openApi() throws Exception {
    Seen seen = http.get(deployment.at(OPENAPI), Map.of()).expect(OK, "GET " + OPENAPI);
    JsonNode document = new YAMLMapper().readTree(seen.body());
    boolean described = document.path("paths").has(FORWARD);
    return described
        ? verified(
            "OpenAPI %s with %d addresses at %s.",
            document.path("openapi").asText(), document.path("paths").size(), OPENAPI)
        : failed("The document at %s does not describe %s.", OPENAPI, FORWARD);
  }

  private Outcome accessible() {
    Seen seen = http.get(deployment.at("/.well-known/no-fate"), Map.of());
    seen.expect(OK, "GET /.well-known/no-fate");
    return seen.json().isObject()
        ? verified("%s answers with the suite's declarations.", deployment.url())
        : failed(
            "%s answers 200 with something else than the suite's declarations.", deployment.url());
  }

  @Override
  public String toString() {
    return "EdgeChecks";
  }
}
