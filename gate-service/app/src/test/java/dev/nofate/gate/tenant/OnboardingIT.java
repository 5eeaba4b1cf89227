package dev.nofate.gate.tenant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tenant's making, cut off between any two of its steps, and asked for again. */
@GateTest
class OnboardingIT {

  /** The steps after which nothing more happens, in order. */
  enum Cut {
    BEFORE_THE_ACCOUNT,
    BEFORE_THE_GENESIS,
    AFTER_THE_GENESIS_UNANSWERED,
    BEFORE_THE_KEY_IS_RECORDED,
    AFTER_THE_KEY_IS_RECORDED_UNANSWERED,
    NOWHERE
  }

  @AfterEach
  void everybodyIsBack() {
    Neighbours.billingDown(false);
    Neighbours.loseAppendsOf("", false);
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void whatWasCutOffIsFinishedByTheSameWish(Cut cut) {
    String key = UUID.randomUUID().toString();
    cut(cut);
    Response first = onboard(key);
    assertThat(first.statusCode()).isEqualTo(cut == Cut.NOWHERE ? 201 : 503);
    assertThat(first.asString()).doesNotContain(cut == Cut.NOWHERE ? "\n\n" : "nf_");
    everybodyIsBack();
    JsonPath made = onboard(key).then().statusCode(201).extract().jsonPath();
    JsonPath again = onboard(key).then().statusCode(201).extract().jsonPath();
    assertThat(again.getString("tenant_id")).isEqualTo(made.getString("tenant_id"));
    assertThat(again.getString("api_key.key")).isEqualTo(made.getString("api_key.key"));
    assertThat(Neighbours.chain(made.getString("tenant_id")))
        .extracting(event -> event.get("type").textValue())
        .containsExactly("tenant_created", "api_key_created");
    Client client = new Client(made.getString("tenant_id"), made.getString("api_key.key"));
    client.withRuleset().evaluate(Client.freshKey(), Client.transfer(1)).then().statusCode(200);
    given().header("x-api-key", client.key()).get("/v1/api-keys").then().statusCode(200);
  }

  private static void cut(Cut cut) {
    switch (cut) {
      case BEFORE_THE_ACCOUNT -> Neighbours.billingDown(true);
      case BEFORE_THE_GENESIS -> Neighbours.loseAppendsOf("tenant_created", false);
      case AFTER_THE_GENESIS_UNANSWERED -> Neighbours.loseAppendsOf("tenant_created", true);
      case BEFORE_THE_KEY_IS_RECORDED -> Neighbours.loseAppendsOf("api_key_created", false);
      case AFTER_THE_KEY_IS_RECORDED_UNANSWERED ->
          Neighbours.loseAppendsOf("api_key_created", true);
      case NOWHERE -> {}
    }
  }

  private static Response onboard(String key) {
    return Client.operator()
        .header("Idempotency-Key", key)
        .body("{\"name\":\"Acme\"}")
        .post("/v1/tenants");
  }
}
