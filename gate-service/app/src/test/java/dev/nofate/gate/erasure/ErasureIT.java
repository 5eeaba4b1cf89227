package dev.nofate.gate.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What erasure takes and what it leaves. */
@GateTest
class ErasureIT {

  @Inject Pool runtimeRole;
  @Inject Sweeper sweeper;

  private Client client;

  @BeforeEach
  void aTenantWithARuleset() {
    client = Client.fresh().withRuleset();
  }

  @Test
  void theContentGoesAndIdStateAndDigestStay() throws Exception {
    String key = Client.freshKey();
    String body = Client.transfer(1);
    Response answer = client.evaluate(key, body);
    String id = answer.path("evaluation_id");
    erase(client, id).then().statusCode(200).body("reason", equalTo("request"));
    client.evaluate(key, body).then().statusCode(410).body("code", equalTo("GONE"));
    client.evaluate(key, Client.transfer(2)).then().statusCode(410);
    client.request().get("/v1/evaluations/" + id).then().statusCode(410);
    client.request().post("/v1/evaluations/" + id + "/replay").then().statusCode(410);
    client
        .request()
        .get("/v1/evaluations")
        .then()
        .body("items[0].evaluation_id", equalTo(id))
        .body("items[0].state", equalTo("DETERMINISTIC_COMPLIANCE"))
        .body("items[0].decision_digest", equalTo(answer.path("decision_digest")))
        .body("items[0].content_erased", equalTo(true));
    assertThat(contents()).isZero();
    assertThat(erasedInTheLog()).containsExactly(id);
  }

  @Test
  void erasingAgainAnswersAlikeAndRecordsNothing() {
    String id = client.evaluate(Client.freshKey(), Client.transfer(1)).path("evaluation_id");
    byte[] first = erase(client, id).asByteArray();
    assertThat(erase(client, id).asByteArray()).isEqualTo(first);
    assertThat(erasedInTheLog()).hasSize(1);
  }

  @Test
  void anotherTenantsContentStaysAndIsAnsweredLikeAMissingOne() throws Exception {
    String id = client.evaluate(Client.freshKey(), Client.transfer(1)).path("evaluation_id");
    Client stranger = Client.fresh();
    Response foreign = erase(stranger, id);
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(foreign.asByteArray())
        .isEqualTo(erase(stranger, UUID.randomUUID().toString()).asByteArray())
        .isEqualTo(erase(stranger, "12").asByteArray());
    assertThat(contents()).isEqualTo(1);
  }

  @Test
  void whenTheLogIsAwayTheContentIsGoneAndTheSweeperRecordsIt() throws Exception {
    String id = client.evaluate(Client.freshKey(), Client.transfer(1)).path("evaluation_id");
    Neighbours.auditDown(true);
    try {
      erase(client, id).then().statusCode(503).body("code", equalTo("AUDIT_UNAVAILABLE"));
    } finally {
      Neighbours.auditDown(false);
    }
    assertThat(contents()).isZero();
    assertThat(erasedInTheLog()).isEmpty();
    sweeper.run().await().indefinitely();
    assertThat(erasedInTheLog()).containsExactly(id);
    erase(client, id).then().statusCode(200);
    assertThat(erasedInTheLog()).containsExactly(id);
  }

  @Test
  void aSubjectsContentsGoTogetherAndOthersStay() throws Exception {
    List<String> hers =
        Stream.of(1, 2, 3).map(i -> about("customer-42", Client.transfer(i))).toList();
    about("customer-4", Client.transfer(4));
    client.evaluate(Client.freshKey(), Client.transfer(5));
    Client stranger = Client.fresh();
    eraseSubject(stranger, "customer-42").then().statusCode(200).body("erased", equalTo(0));
    eraseSubject(client, "customer-42")
        .then()
        .statusCode(200)
        .body("erased", equalTo(3))
        .body("complete", equalTo(true));
    eraseSubject(client, "customer-42").then().body("erased", equalTo(0));
    assertThat(contents()).isEqualTo(2);
    assertThat(erasedInTheLog()).containsExactlyInAnyOrderElementsOf(hers);
  }

  @Test
  void oddSubjectsAreRefused() {
    for (String body : List.of("{}", "{\"subject\":\"\"}", "{\"subject\":\"a b\"}", "{\"x\":1}")) {
      client.request().body(body).post("/v1/erasures").then().statusCode(400);
    }
    client
        .request()
        .header("Idempotency-Key", "k")
        .header(Subjects.HEADER, "a", "b")
        .body(Client.transfer(1))
        .post("/v1/evaluations/forward")
        .then()
        .statusCode(400);
  }

  @Test
  void contentsOlderThanThePeriodGoAndYoungerOnesStay() throws Exception {
    String old = client.evaluate(Client.freshKey(), Client.transfer(1)).path("evaluation_id");
    client.evaluate(Client.freshKey(), Client.transfer(2));
    superuser(
        "UPDATE gate.evaluation_contents SET received_at = received_at - interval '10 days'"
            + " WHERE evaluation_id = '"
            + old
            + "'");
    sweeper.run().await().indefinitely();
    assertThat(contents()).isEqualTo(2);
    retention("{\"retention_days\":9}").then().statusCode(200);
    client.request().get("/v1/retention").then().body("retention_days", equalTo(9));
    sweeper.run().await().indefinitely();
    assertThat(contents()).isEqualTo(1);
    assertThat(erasedInTheLog()).containsExactly(old);
    retention("{\"retention_days\":null}").then().statusCode(200);
    client.request().get("/v1/retention").then().body("retention_days", equalTo(null));
  }

  @Test
  void thePeriodIsBoundedAndItsChangeStandsInTheLog() {
    retention("{\"retention_days\":0}").then().statusCode(400);
    retention("{}").then().statusCode(400).body("code", equalTo("BAD_REQUEST"));
    retention("{\"days\":3}").then().statusCode(400);
    retention("{\"retention_days\":36501}").then().statusCode(400);
    retention("{\"retention_days\":36500}").then().statusCode(200);
    retention("{\"retention_days\":1}").then().statusCode(200);
    assertThat(Neighbours.chain(client.tenant()))
        .filteredOn(event -> event.get("type").textValue().equals("admin_action"))
        .extracting(
            event -> event.at("/payload/before/retention_days").asInt(0),
            event -> event.at("/payload/after/retention_days").asInt(0))
        .containsExactly(tuple(0, 36500), tuple(36500, 1));
  }

  @Test
  void theRuntimeRoleChangesNothingElse() {
    client.evaluate(Client.freshKey(), Client.transfer(1)).then().statusCode(200);
    for (String statement :
        List.of(
            "DELETE FROM evaluations",
            "UPDATE evaluations SET state = 'INVALID_INPUT'",
            "UPDATE evaluation_contents SET answer = ''",
            "UPDATE evaluation_contents SET salt = ''",
            "DELETE FROM erasures",
            "UPDATE erasures SET reason = 'request'",
            "TRUNCATE evaluation_contents",
            "UPDATE tenants SET name = 'x'")) {
      assertThatThrownBy(() -> runtimeRole.query(statement).execute().await().indefinitely())
          .as(statement)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void aKeyWithoutTheScopeErasesNothing() {
    String id = client.evaluate(Client.freshKey(), Client.transfer(1)).path("evaluation_id");
    String key =
        client
            .request()
            .body("{\"name\":\"agent\",\"scopes\":[\"evaluate\"]}")
            .post("/v1/api-keys")
            .path("key");
    Client agent = new Client(client.tenant(), key);
    erase(agent, id).then().statusCode(403);
    eraseSubject(agent, "x").then().statusCode(403);
    agent.request().get("/v1/retention").then().statusCode(403);
  }

  private String about(String subject, String body) {
    return client
        .request()
        .header("Idempotency-Key", Client.freshKey())
        .header(Subjects.HEADER, subject)
        .body(body)
        .post("/v1/evaluations/forward")
        .then()
        .statusCode(200)
        .extract()
        .path("evaluation_id");
  }

  private static Response erase(Client client, String id) {
    return client.request().delete("/v1/evaluations/" + id + "/content");
  }

  private static Response eraseSubject(Client client, String subject) {
    return client.request().body("{\"subject\":\"" + subject + "\"}").post("/v1/erasures");
  }

  private Response retention(String body) {
    return client.request().body(body).put("/v1/retention");
  }

  private List<String> erasedInTheLog() {
    return Neighbours.chain(client.tenant()).stream()
        .filter(event -> event.get("type").textValue().equals("content_erased"))
        .map(event -> event.get("subject"))
        .map(JsonNode::textValue)
        .toList();
  }

  private long contents() throws SQLException {
    try (Connection db = PartsTestResource.superuser().connect();
        Statement sql = db.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "SELECT count(*) FROM gate.evaluation_contents WHERE tenant_id = '"
                    + client.tenant()
                    + "'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void superuser(String statement) throws SQLException {
    try (Connection db = PartsTestResource.superuser().connect();
        Statement sql = db.createStatement()) {
      sql.executeUpdate(statement);
    }
  }
}
