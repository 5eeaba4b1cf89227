package dev.nofate.audit.health;

import static dev.nofate.audit.fixture.Client.grow;
import static dev.nofate.audit.fixture.Client.newId;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.nofate.audit.fixture.Database;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReadinessIT {

  private static final String CHECK = "checks.find { it.name == 'audit log is writable' }";

  @Test
  void isReadyWhileAnInsertCouldSucceed() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body(CHECK + ".status", equalTo("UP"), CHECK + ".data.granted", is(true));
  }

  @Test
  void isNotReadyWithoutTheRightToInsert() {
    Database.tamper("REVOKE INSERT ON audit_appends FROM audit_app");
    try {
      given()
          .get("/q/health/ready")
          .then()
          .statusCode(503)
          .body(CHECK + ".status", equalTo("DOWN"), CHECK + ".data.granted", is(false));
      given().get("/q/health/live").then().statusCode(200);
    } finally {
      Database.tamper("GRANT INSERT ON audit_appends TO audit_app");
    }
  }

  @Test
  void showsItsFiguresWithoutNamingATenant() {
    UUID tenant = newId();
    grow(tenant, 3);

    assertThat(given().get("/q/metrics").asString())
        .contains("nofate_audit_append_seconds_count")
        .contains("nofate_audit_batch_events")
        .contains("nofate_audit_append_queued")
        .doesNotContain(tenant.toString());
  }
}
