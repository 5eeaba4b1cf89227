package dev.nofate.gate.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bounds at the door: the last that is taken, and the first that is not. */
@GateTest
class LimitsIT {

  private static final int ENGINE_BYTES = 1024 * 1024;
  private static final int DOOR_BYTES = 2 * 1024 * 1024;
  private static final int KEY_CHARACTERS = 255;
  private static final int TARGET_BYTES = 8192;

  private Client client;

  @BeforeEach
  void makeATenant() {
    client = Client.fresh();
  }

  @Test
  void theEnginesBody() {
    client
        .evaluate(Client.freshKey(), body(ENGINE_BYTES))
        .then()
        .statusCode(200)
        .body("reason.code", not(equalTo("PAYLOAD_TOO_LARGE")));
    client
        .evaluate(Client.freshKey(), body(ENGINE_BYTES + 1))
        .then()
        .statusCode(200)
        .body("reason.code", equalTo("PAYLOAD_TOO_LARGE"));
  }

  @Test
  void theDoorsBody() {
    assertThat(client.evaluate(Client.freshKey(), body(DOOR_BYTES)).statusCode()).isEqualTo(200);
    assertThat(client.evaluate(Client.freshKey(), body(DOOR_BYTES + 1)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void anIdempotencyKey() {
    assertThat(client.evaluate("k".repeat(KEY_CHARACTERS), "{}").statusCode()).isEqualTo(200);
    assertThat(client.evaluate("k".repeat(KEY_CHARACTERS + 1), "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void aRequestTarget() {
    String path = "/v1/evaluations?x=";
    int fitting = TARGET_BYTES - "GET  HTTP/1.1".length() - path.length();
    assertThat(given().get(path + "y".repeat(fitting)).statusCode()).isEqualTo(401);
    assertThat(given().get(path + "y".repeat(fitting + 1)).statusCode()).isIn(400, 414);
  }

  @Test
  void theHeaders() {
    assertThat(given().header("x-pad", "y".repeat(15_000)).get("/v1/evaluations").statusCode())
        .isEqualTo(401);
    assertThat(given().header("x-pad", "y".repeat(16_385)).get("/v1/evaluations").statusCode())
        .isIn(400, 431);
  }

  private static String body(int bytes) {
    String beginning = "{\"ruleset\":\"";
    String end = "\"}";
    return beginning + "x".repeat(bytes - beginning.length() - end.length()) + end;
  }
}
