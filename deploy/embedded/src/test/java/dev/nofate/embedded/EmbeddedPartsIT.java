package dev.nofate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedPartsIT {

  @Test
  void noLoginIsMoreThanALogin() throws SQLException {
    assertThat(
            query(
                PartsTestResource.superuser(),
                """
                SELECT rolname FROM pg_roles
                 WHERE (rolname LIKE '%\\_owner' OR rolname LIKE '%\\_app')
                   AND rolcanlogin AND NOT (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
                """))
        .containsExactlyInAnyOrderElementsOf(Logins.NAMES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gate", "audit", "billing"})
  void aSchemaBelongsToItsOwnerAndIsTheSearchPathOfBothLogins(String schema) throws SQLException {
    assertThat(
            query(
                PartsTestResource.superuser(),
                "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = '"
                    + schema
                    + "'"))
        .containsExactly(schema + "_owner");
    for (String login : List.of(schema + "_owner", schema + "_app")) {
      assertThat(query(PartsTestResource.login(login), "SHOW search_path")).containsExactly(schema);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gate", "audit", "billing"})
  void aRuntimeLoginCanMakeNothingAndLooksIntoNoOtherSchema(String schema) {
    DatabaseUrl login = PartsTestResource.login(schema + "_app");
    assertThatThrownBy(() -> query(login, "CREATE TABLE own (id int)"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> query(login, "CREATE TABLE public.own (id int)"))
        .hasMessageContaining("permission denied");
    for (String other : List.of("gate", "audit", "billing")) {
      if (!other.equals(schema)) {
        assertThatThrownBy(() -> query(login, "CREATE TABLE " + other + ".own (id int)"))
            .hasMessageContaining("permission denied");
      }
    }
    assertThatThrownBy(() -> login.withDatabase("postgres").connect())
        .hasMessageContaining("permission denied");
  }

  @Test
  void publicHasNothing() throws SQLException {
    assertThat(
            query(
                PartsTestResource.superuser(),
                """
                SELECT nspname FROM pg_namespace, aclexplode(nspacl) AS granted
                 WHERE granted.grantee = 0 AND nspname IN ('public', 'gate', 'audit', 'billing')
                UNION ALL
                SELECT datname FROM pg_database, aclexplode(datacl) AS granted
                 WHERE granted.grantee = 0 AND datname IN ('nofate', 'postgres', 'template1')
                """))
        .isEmpty();
  }

  @Test
  void aFunctionOfAnOwnerIsNotExecutableByEverybody() throws SQLException {
    query(
        PartsTestResource.login("gate_owner"),
        "CREATE OR REPLACE FUNCTION gate.answer() RETURNS int LANGUAGE sql AS 'SELECT 42'");
    assertThatThrownBy(() -> query(PartsTestResource.login("gate_app"), "SELECT gate.answer()"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void bootstrapAgainChangesNothing() throws SQLException {
    String owners = "SELECT oid || rolname FROM pg_roles ORDER BY 1";
    List<String> before = query(PartsTestResource.superuser(), owners);
    Logins logins = Logins.of(name -> PartsTestResource.login(name).password());

    Bootstrap.run(PartsTestResource.superuser().withDatabase("postgres"), logins);

    assertThat(query(PartsTestResource.superuser(), owners)).isEqualTo(before);
    assertThat(query(PartsTestResource.login("audit_owner"), "SELECT 1")).containsExactly("1");
  }

  @Test
  void redisAnswers() throws Exception {
    URI url = URI.create(PartsTestResource.redisUrl());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII))
          .isEqualTo("+PONG\r\n");
    }
  }

  private static List<String> query(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection = url.connect();
        Statement statement = connection.createStatement()) {
      List<String> values = new ArrayList<>();
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            values.add(rows.getString(1));
          }
        }
      }
      return values;
    }
  }
}
