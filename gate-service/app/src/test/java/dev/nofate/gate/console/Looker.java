package dev.nofate.gate.console;

import static io.restassured.RestAssured.given;

import dev.nofate.gate.standin.Client;
import io.restassured.response.Response;
import java.util.Collection;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Somebody at the console, as far as HTTP and HTML go. */
record Looker(Client tenant, String cookie) {

  static final String COOKIE = "nofate_console";

  /** Signed in with a fresh link. */
  static Looker of(Client tenant, String role) {
    Response entered =
        given()
            .redirects()
            .follow(false)
            .get(link(tenant, role))
            .then()
            .statusCode(303)
            .extract()
            .response();
    return new Looker(tenant, entered.cookie(COOKIE));
  }

  /** The operator's admin. */
  static Looker operator() {
    String path =
        Client.operator()
            .body("{\"role\":\"admin\"}")
            .post("/v1/console-links")
            .then()
            .statusCode(201)
            .extract()
            .path("path");
    Response entered = given().redirects().follow(false).get(path);
    return new Looker(null, entered.cookie(COOKIE));
  }

  static String link(Client tenant, String role) {
    return tenant
        .request()
        .body("{\"role\":\"" + role + "\"}")
        .post("/v1/console-links")
        .then()
        .statusCode(201)
        .extract()
        .path("path");
  }

  Response get(String path) {
    return given().cookie(COOKIE, cookie).redirects().follow(false).get(path);
  }

  Document page(String path) {
    return Jsoup.parse(get(path).then().statusCode(200).extract().asString());
  }

  /** The token of this session's forms. */
  String token() {
    return page("/console").selectFirst("input[name=csrf]").val();
  }

  /** Sends a form with the session's token. */
  Response post(String path, Map<String, ?> fields) {
    return postWith(token(), path, fields);
  }

  Response postWith(String token, String path, Map<String, ?> fields) {
    return postFrom(Map.of(), token, path, fields);
  }

  /** Sends a form as a browser does that says where it came from. */
  Response postFrom(Map<String, String> headers, String token, String path, Map<String, ?> fields) {
    var request =
        given()
            .headers(headers)
            .cookie(COOKIE, cookie)
            .redirects()
            .follow(false)
            .contentType("application/x-www-form-urlencoded; charset=UTF-8");
    for (Map.Entry<String, ?> field : fields.entrySet()) {
      if (field.getValue() instanceof Collection<?> values) {
        values.forEach(value -> request.formParam(field.getKey(), value));
      } else {
        request.formParam(field.getKey(), field.getValue());
      }
    }
    if (token != null) {
      request.formParam("csrf", token);
    }
    return request.post(path);
  }
}
