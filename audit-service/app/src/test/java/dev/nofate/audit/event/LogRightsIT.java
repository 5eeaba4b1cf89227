package dev.nofate.audit.event;

import static dev.nofate.audit.fixture.Client.grow;
import static dev.nofate.audit.fixture.Client.newId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.contract.EventType;
import dev.nofate.audit.fixture.Database;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * I4: no login that serves requests can change or remove an event, and its owner is refused too.
 */
@QuarkusTest
class LogRightsIT {

  private static final String DENIED = "42501";
  private static final String REFUSED = "55000";

  private final UUID tenant = newId();

  @BeforeEach
  void thereIsSomethingToLose() {
    if (Database.column("SELECT seq FROM audit.audit_events LIMIT 1").isEmpty()) {
      grow(tenant, 1);
    }
  }

  static Stream<String> changes() {
    List<String> statements = new ArrayList<>();
    for (String table : tables()) {
      statements.add("UPDATE " + table + " SET tenant_id = tenant_id");
      statements.add("UPDATE " + table + " SET tenant_id = tenant_id WHERE false");
      statements.add("DELETE FROM " + table);
      statements.add("DELETE FROM " + table + " WHERE false");
      statements.add("TRUNCATE " + table);
    }
    statements.add("TRUNCATE audit_events, audit_appends CASCADE");
    statements.add(
        "MERGE INTO audit_events e USING (SELECT 1) x ON true WHEN MATCHED THEN UPDATE SET type = 'admin_action'");
    statements.add("MERGE INTO audit_events e USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE");
    statements.add(
        "INSERT INTO audit_appends SELECT * FROM audit_appends ON CONFLICT (tenant_id, append_id) DO UPDATE SET last_seq = 9");
    return statements.stream();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void refusesTheRuntimeLoginEveryChange(String statement) {
    assertThat(sqlState("audit_app", statement)).isEqualTo(DENIED);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void refusesTheOwnerEveryChange(String statement) {
    assertThat(sqlState("audit_owner", statement)).isEqualTo(REFUSED);
  }

  @Test
  void refusesTheRuntimeLoginEverythingAboutTheTablesThemselves() {
    for (String statement :
        List.of(
            "ALTER TABLE audit_events DISABLE TRIGGER ALL",
            "DROP TABLE audit_events",
            "DROP TRIGGER rows_stay ON audit_events",
            "ALTER TABLE audit_events DETACH PARTITION audit_events_p00",
            "CREATE TABLE mine (x int)",
            "SET session_replication_role = replica",
            "SELECT * FROM flyway_schema_history",
            "SELECT * FROM audit_events_p00",
            "INSERT INTO audit_events_p00 SELECT * FROM audit_events",
            "UPDATE flyway_schema_history SET checksum = 0",
            "ALTER TABLE audit_checkpoints DISABLE TRIGGER ALL",
            "DROP TABLE audit_progress")) {
      assertThat(sqlState("audit_app", statement)).as(statement).isEqualTo(DENIED);
    }
  }

  @Test
  void letsTheRuntimeLoginNoteItsProgressButNeverRemoveIt() {
    for (String statement : List.of("DELETE FROM audit_progress", "TRUNCATE audit_progress")) {
      assertThat(sqlState("audit_app", statement)).as(statement).isEqualTo(DENIED);
    }
  }

  @Test
  void refusesTheOtherServicesEverything() {
    for (String login : List.of("gate_app", "billing_app", "gate_owner", "billing_owner")) {
      assertThat(sqlState(login, "SELECT * FROM audit.audit_events")).isEqualTo(DENIED);
    }
  }

  @Test
  void grantsTheRuntimeLoginToInsertAndToReadAndNothingElse() {
    assertThat(
            Database.column(
                """
                SELECT DISTINCT table_name || ' ' || grantee || ' ' || privilege_type
                  FROM information_schema.role_table_grants
                 WHERE table_schema = 'audit' AND grantee <> 'audit_owner'
                """))
        .containsExactlyInAnyOrder(
            "audit_events audit_app INSERT",
            "audit_events audit_app SELECT",
            "audit_appends audit_app INSERT",
            "audit_appends audit_app SELECT",
            "audit_tree_nodes audit_app INSERT",
            "audit_tree_nodes audit_app SELECT",
            "audit_checkpoints audit_app INSERT",
            "audit_checkpoints audit_app SELECT",
            "audit_progress audit_app INSERT",
            "audit_progress audit_app SELECT",
            "audit_progress audit_app UPDATE");
  }

  @Test
  void grantsNobodyElseAnythingOnColumnsOrFunctions() {
    assertThat(
            Database.column(
                """
                SELECT routine_name FROM information_schema.role_routine_grants
                 WHERE routine_schema = 'audit' AND grantee <> 'audit_owner'
                """))
        .isEmpty();
    assertThat(
            Database.column(
                """
                SELECT DISTINCT privilege_type FROM information_schema.column_privileges
                 WHERE table_schema = 'audit' AND grantee <> 'audit_owner'
                   AND table_name <> 'audit_progress'
                """))
        .containsExactlyInAnyOrder("INSERT", "SELECT");
  }

  /** A table that a migration adds is tried here, or this says that it is not. */
  @Test
  void triesEveryTableThereIs() {
    List<String> known = new ArrayList<>(tables());
    known.add("audit_progress");
    known.add("flyway_schema_history");

    assertThat(
            Database.column(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'audit'"))
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void watchesEveryPartitionWithBothTriggers() {
    List<String> triggers =
        Database.column(
            """
            SELECT c.relname || ' ' || t.tgname
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
             WHERE c.relnamespace = 'audit'::regnamespace AND t.tgenabled = 'O'
            """);
    List<String> expected = new ArrayList<>();
    for (String table : tables()) {
      expected.add(table + " rows_stay");
      expected.add(table + " log_stays");
    }
    assertThat(triggers).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void allowsTheTypesOfTheContractAndNoOther() {
    String allowed =
        Database.column(
                """
                SELECT pg_get_constraintdef(oid) FROM pg_constraint
                 WHERE conname = 'audit_events_type_check' AND conrelid = 'audit.audit_events'::regclass
                """)
            .get(0);
    List<String> quoted =
        Stream.of(allowed.split("'", -1)).filter(part -> part.matches("[a-z_]+")).toList();

    assertThat(quoted)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventType.values()).map(EventType::wireName).toList());
  }

  @Test
  void refusesRowsThatNoChainHolds() {
    grow(tenant, 3);
    String row =
        "INSERT INTO audit_events VALUES ('"
            + tenant
            + "', %s, now(), %s, null, %s, %s, '"
            + tenant
            + "')";
    String hash = "sha256('x')";

    assertThat(sqlState("audit_app", row.formatted("0", "'admin_action'", "'{}'", hash)))
        .isEqualTo("23514");
    assertThat(sqlState("audit_app", row.formatted("9", "'made_up'", "'{}'", hash)))
        .isEqualTo("23514");
    assertThat(sqlState("audit_app", row.formatted("9", "'admin_action'", "'{}'", "'x'")))
        .isEqualTo("23514");
    assertThat(sqlState("audit_app", row.formatted("3", "'admin_action'", "'{}'", hash)))
        .isEqualTo("23505");
  }

  private static List<String> tables() {
    List<String> tables =
        new ArrayList<>(
            List.of("audit_events", "audit_appends", "audit_tree_nodes", "audit_checkpoints"));
    for (int i = 0; i < 16; i++) {
      tables.add("audit_events_p%02d".formatted(i));
      tables.add("audit_appends_p%02d".formatted(i));
    }
    return tables;
  }

  private static String sqlState(String login, String sql) {
    try (Connection connection = Database.as(login);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      return e.getSQLState();
    }
    throw new AssertionError(login + " was let do: " + sql);
  }
}
