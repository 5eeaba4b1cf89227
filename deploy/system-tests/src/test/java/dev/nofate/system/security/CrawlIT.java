package dev.nofate.system.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * I9, for every operation that the services describe: without credentials, with bad ones, and with
 * another tenant's ids, keys and cursors.
 */
@SuiteTest
class CrawlIT {

  private static final Set<String> VARYING =
      Set.of("date", "server-timing", "traceparent", "ratelimit", "ratelimit-policy");

  @Test
  void everyOperationIsCovered(Suite suite) {
    Set<String> described = new TreeSet<>(Endpoint.all(suite).stream().map(Endpoint::id).toList());
    assertThat(described).isEqualTo(Coverage.KINDS.keySet());
  }

  @Test
  void withoutCredentialsEveryAnswerIsTheSame401(Suite suite) {
    Victim victim = Victim.in(suite);
    List<String> bodies = new ArrayList<>();
    for (Endpoint endpoint : guarded(suite)) {
      List<RequestSpecification> callers =
          List.of(
              given(),
              given().header("x-api-key", "nf_live_" + "A".repeat(43)),
              given().header("x-api-key", victim.tenant().key() + "x"),
              given().header("Authorization", "Bearer a.b.c"),
              given().header("Authorization", "Basic eDp5"));
      for (RequestSpecification caller : callers) {
        for (String base : List.of(suite.serviceUrl(endpoint.service()), suite.gatewayUrl())) {
          Response answer = send(caller, base, endpoint, victim::value);
          assertThat(answer.statusCode()).as(endpoint.id()).isEqualTo(401);
          assertThat(answer.contentType()).startsWith("application/problem+json");
          bodies.add(answer.asString());
        }
      }
    }
    assertThat(new TreeSet<>(bodies)).hasSize(1);
  }

  @Test
  void aServicesOwnTokenIsNoWayIntoPublicOperations(Suite suite) {
    for (String path : List.of("/internal/callers", "/internal/appends", "/internal/accounts")) {
      assertThat(given().post(suite.gatewayUrl() + path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void anothersThingIsAnsweredLikeOneThatNeverWas(Suite suite) {
    Victim victim = Victim.in(suite);
    Tenant stranger = suite.tenant();
    String before = victim.view();
    for (Endpoint endpoint : of(suite, Coverage.Kind.BY_ID)) {
      Response foreign = send(as(stranger), suite.gatewayUrl(), endpoint, victim::value);
      Response missing = send(as(stranger), suite.gatewayUrl(), endpoint, this::neverWas);
      int expected = Coverage.ANSWERED_BY_THE_MOCK.contains(endpoint.id()) ? 204 : 404;
      assertThat(foreign.statusCode()).as(endpoint.id()).isEqualTo(expected);
      assertThat(foreign.asString()).as(endpoint.id()).isEqualTo(missing.asString());
      assertThat(headers(foreign)).as(endpoint.id()).isEqualTo(headers(missing));
    }
    assertThat(victim.view()).isEqualTo(before);
  }

  @Test
  void anothersCursorsAndFiltersFindNothingOfIts(Suite suite) {
    Victim victim = Victim.in(suite);
    Tenant stranger = suite.tenant();
    String before = victim.view();
    for (Endpoint endpoint : of(suite, Coverage.Kind.OWN)) {
      Response all = send(as(stranger), suite.gatewayUrl(), endpoint, victim::value);
      silent(victim, endpoint, all);
      for (Endpoint.Parameter one : endpoint.parameters("query")) {
        Response single =
            send(
                as(stranger),
                suite.gatewayUrl(),
                endpoint,
                (e, name) ->
                    name.equals(one.name()) || e.path().contains("{" + name + "}")
                        ? victim.value(e, name)
                        : null);
        silent(victim, endpoint, single);
      }
    }
    assertThat(victim.view()).isEqualTo(before);
  }

  @Test
  void aMethodThatAnAddressDoesNotServeIsRefusedTheSameWayEverywhere(Suite suite) {
    Victim victim = Victim.in(suite);
    String before = victim.view();
    Map<String, Set<String>> served = new TreeMap<>();
    for (Endpoint endpoint : Endpoint.all(suite)) {
      Set<String> methods =
          served.computeIfAbsent(endpoint.path().replaceAll("\\{.*?}", "{}"), p -> new TreeSet<>());
      methods.add(endpoint.method());
      if (endpoint.method().equals("GET")) {
        methods.add("HEAD");
      }
    }
    Set<String> bodies = new TreeSet<>();
    served.forEach(
        (path, methods) -> {
          for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
            if (!methods.contains(method)) {
              String address = path.replace("{}", victim.evaluation());
              Response answer =
                  as(victim.tenant())
                      .contentType("application/json")
                      .baseUri(suite.gatewayUrl())
                      .request(method, address);
              assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(405);
              assertThat(answer.header("Allow")).as(path).isEqualTo(String.join(", ", methods));
              assertThat(answer.contentType()).startsWith("application/problem+json");
              bodies.add(answer.asString());
            }
          }
        });
    assertThat(bodies).hasSize(1);
    assertThat(victim.view()).isEqualTo(before);
  }

  @Test
  void aTenantsKeyOpensNothingOfTheOperators(Suite suite) {
    Victim victim = Victim.in(suite);
    Set<String> bodies = new TreeSet<>();
    for (Endpoint endpoint : of(suite, Coverage.Kind.OPERATOR)) {
      for (BiFunction<Endpoint, String, String> values :
          List.<BiFunction<Endpoint, String, String>>of(victim::value, this::neverWas)) {
        Response answer = send(as(victim.tenant()), suite.gatewayUrl(), endpoint, values);
        assertThat(answer.statusCode()).as(endpoint.id()).isEqualTo(403);
        bodies.add(answer.asString());
      }
    }
    assertThat(bodies).hasSize(1);
  }

  private static void silent(Victim victim, Endpoint endpoint, Response answer) {
    assertThat(answer.statusCode()).as(endpoint.id()).isLessThan(500);
    String text = answer.headers() + answer.asString();
    victim.secrets().forEach(secret -> assertThat(text).as(endpoint.id()).doesNotContain(secret));
  }

  private static List<Endpoint> guarded(Suite suite) {
    return Endpoint.all(suite).stream()
        .filter(endpoint -> Coverage.KINDS.get(endpoint.id()) != Coverage.Kind.PUBLIC)
        .toList();
  }

  private static List<Endpoint> of(Suite suite, Coverage.Kind kind) {
    List<Endpoint> found =
        Endpoint.all(suite).stream()
            .filter(endpoint -> Coverage.KINDS.get(endpoint.id()) == kind)
            .toList();
    assertThat(found).isNotEmpty();
    return found;
  }

  private static RequestSpecification as(Tenant tenant) {
    return given().header("x-api-key", tenant.key());
  }

  private String neverWas(Endpoint endpoint, String parameter) {
    return switch (parameter) {
      case "id", "tenant", "tenant_id" -> UUID.randomUUID().toString();
      case "name", "reference", "ruleset" -> "never.was";
      case "page" -> "cs_never_was";
      case "from", "entry" -> "1";
      case "to" -> "2";
      default -> "never-was";
    };
  }

  /** The operation with a value for each parameter that {@code values} has one for. */
  private static Response send(
      RequestSpecification caller,
      String base,
      Endpoint endpoint,
      BiFunction<Endpoint, String, String> values) {
    RequestSpecification request = given().spec(caller).baseUri(base);
    String path = endpoint.path();
    for (Endpoint.Parameter parameter : endpoint.parameters("path")) {
      path = path.replace("{" + parameter.name() + "}", values.apply(endpoint, parameter.name()));
    }
    for (Endpoint.Parameter parameter : endpoint.parameters("query")) {
      String value = values.apply(endpoint, parameter.name());
      if (value != null) {
        request.queryParam(parameter.name(), value);
      }
    }
    if (endpoint.parameters("header").stream().anyMatch(p -> p.name().equals("Idempotency-Key"))) {
      request.header("Idempotency-Key", UUID.randomUUID().toString());
    }
    if (endpoint.hasBody()) {
      // A draft has to have the name in its address.
      String name = endpoint.path().contains("{name}") ? values.apply(endpoint, "name") : null;
      String body = endpoint.exampleBody();
      request
          .contentType("application/json")
          .body(name == null ? body : body.replace("payments.transfer", name));
    }
    return request.request(endpoint.method(), path);
  }

  private static List<String> headers(Response answer) {
    return answer.headers().asList().stream()
        .filter(header -> !VARYING.contains(header.getName().toLowerCase(java.util.Locale.ROOT)))
        .map(Object::toString)
        .sorted()
        .toList();
  }
}
