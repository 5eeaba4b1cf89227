package dev.nofate.gate.health;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@GateTest
class ReadinessIT {

  private static final String AUDIT_LOG = "checks.find { it.name == 'audit log' }.status";
  private static final String DATABASE = "checks.find { it.name == 'database' }.status";

  @AfterEach
  void everythingAnswersAgain() throws SQLException {
    Neighbours.auditDown(false);
    asOwner("GRANT INSERT ON gate.evaluations TO gate_app");
  }

  @Test
  void isReadyWhileTheLogAndTheDatabaseTakeWrites() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body(AUDIT_LOG, equalTo("UP"))
        .body(DATABASE, equalTo("UP"));
  }

  @Test
  void isNotReadyWhileTheLogCannotBeWritten() {
    Neighbours.auditDown(true);
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(503)
        .body(AUDIT_LOG, equalTo("DOWN"))
        .body(DATABASE, equalTo("UP"));
  }

  @Test
  void isNotReadyWhileEvaluationsCannotBeStored() throws SQLException {
    asOwner("REVOKE INSERT ON gate.evaluations FROM gate_app");
    given().get("/q/health/ready").then().statusCode(503).body(DATABASE, equalTo("DOWN"));
  }

  @Test
  void livesWhateverBecameOfTheOthers() {
    Neighbours.auditDown(true);
    given().get("/q/health/live").then().statusCode(200);
  }

  private static void asOwner(String statement) throws SQLException {
    try (Connection db = PartsTestResource.superuser().connect();
        Statement sql = db.createStatement()) {
      sql.execute(statement);
    }
  }
}
