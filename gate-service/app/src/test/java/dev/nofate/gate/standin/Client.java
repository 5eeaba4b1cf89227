package dev.nofate.gate.standin;

import static io.restassured.RestAssured.given;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.ruleset.Examples;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.UUID;

/** A tenant's program, as the tests play it. */
public record Client(String tenant, String key) {

  /** The operator's program. */
  public static RequestSpecification operator() {
    return given()
        .header("x-api-key", PartsTestResource.ADMIN_API_KEY)
        .contentType("application/json");
  }

  /** A tenant of its own with its first key. */
  public static Client fresh() {
    return fresh("{\"name\":\"tenant\",\"rate_limit_per_minute\":1000000}");
  }

  public static Client fresh(String body) {
    JsonPath made =
        operator().body(body).post("/v1/tenants").then().statusCode(201).extract().jsonPath();
    return new Client(made.getString("tenant_id"), made.getString("api_key.key"));
  }

  /** With the ruleset of the examples published. */
  public Client withRuleset() {
    request().body(Examples.RULESET).post("/v1/rulesets").then().statusCode(201);
    return this;
  }

  public RequestSpecification request() {
    return given().header("x-api-key", key).contentType("application/json");
  }

  public Response evaluate(String idempotencyKey, String body) {
    return request()
        .header("Idempotency-Key", idempotencyKey)
        .body(body)
        .post("/v1/evaluations/forward");
  }

  /** A transfer of some amount within a limit of 5000, evaluated now. */
  public static String transfer(int amount) {
    return """
        {"ruleset":"payments.transfer","proposal":{"amount":%d,"currency":"EUR"},
         "context":{"limit":5000},"evaluated_at":"%s"}"""
        .formatted(amount, Instant.now());
  }

  public static String freshKey() {
    return UUID.randomUUID().toString();
  }
}
