package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** I4 and I5: nobody changes the log unseen. */
@SuiteTest
class TamperingIT {

  @Test
  void anEditedRowIsFoundOnlineAndOffline(Suite suite) throws SQLException {
    Tenant tenant = suite.tenant().withRuleset();
    tenant.evaluate(Proposals.transfer(1)).then().statusCode(200);
    tenant.request().post("/v1/audit/verify").then().statusCode(200).body("valid", equalTo(true));
    List<JsonNode> events = tenant.events("usage_recorded");
    long seq = events.get(0).get("seq").asLong();
    String event = " WHERE tenant_id = '" + tenant.id() + "' AND seq = " + seq;
    String payload = events.get(0).get("payload").toString();
    asSuperuserWithoutTriggers(
        suite,
        "UPDATE audit.audit_events SET payload = jsonb_set(payload, '{bytes_in}', '1')" + event);
    try {
      tenant
          .request()
          .post("/v1/audit/verify")
          .then()
          .statusCode(200)
          .body("valid", equalTo(false))
          .body("first_bad_seq", equalTo((int) seq));
      assertThat(tenant.verdict()).isInstanceOf(Verdict.Broken.class);
    } finally {
      // Others copy this database, and a copy of a broken chain is broken.
      asSuperuserWithoutTriggers(
          suite, "UPDATE audit.audit_events SET payload = '" + payload + "'" + event);
    }
    assertThat(tenant.verdict()).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void evenTheSuperuserIsRefusedWhileTriggersAreOn(Suite suite) throws SQLException {
    Tenant tenant = suite.tenant();
    for (String sql :
        List.of(
            "UPDATE audit.audit_events SET type = 'admin_action' WHERE tenant_id = '"
                + tenant.id()
                + "'",
            "DELETE FROM audit.audit_events WHERE tenant_id = '" + tenant.id() + "'",
            "TRUNCATE audit.audit_events",
            "TRUNCATE billing.usage_ledger CASCADE")) {
      try (Connection db = suite.superuser();
          Statement statement = db.createStatement()) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> statement.executeUpdate(sql))
            .as(sql)
            .isInstanceOf(SQLException.class);
      }
    }
    assertThat(tenant.verdict()).isInstanceOf(Verdict.Valid.class);
  }

  private static void asSuperuserWithoutTriggers(Suite suite, String sql) throws SQLException {
    try (Connection db = suite.superuser();
        Statement statement = db.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }
}
