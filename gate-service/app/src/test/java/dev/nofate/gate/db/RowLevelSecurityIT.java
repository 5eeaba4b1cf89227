package dev.nofate.gate.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second wall behind the WHERE clauses, with the service's own pool and login. */
@GateTest
class RowLevelSecurityIT {

  private static final Logger LOG = Logger.getLogger(RowLevelSecurityIT.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String COUNT = "SELECT count(*)::int AS n FROM ";
  private static final List<String> TABLES =
      List.of("tenants", "api_keys", "rulesets", "evaluations", "evaluation_contents");

  @Inject Pool pool;
  @Inject TenantDb db;

  private Client client;
  private TenantId tenant;

  @BeforeEach
  void aTenantWithARowInEachTable() {
    client = Client.fresh().withRuleset();
    client.evaluate(Client.freshKey(), Client.transfer(1)).then().statusCode(200);
    tenant = TenantId.of(client.tenant());
  }

  @Test
  void everyTableWithATenantIsUnderIt() throws SQLException {
    assertThat(
            strings(
                """
                SELECT c.table_name FROM information_schema.columns c
                JOIN pg_class t ON t.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
                WHERE c.table_schema = 'gate' AND c.column_name = 'tenant_id'
                  AND NOT (t.relrowsecurity AND t.relforcerowsecurity)
                """))
        .as("tables with a tenant_id and without FORCE ROW LEVEL SECURITY")
        .isEmpty();
    assertThat(
            strings(
                """
                SELECT c.table_name FROM information_schema.columns c
                JOIN pg_class t ON t.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
                WHERE c.table_schema = 'gate' AND c.column_name = 'tenant_id' AND NOT t.relispartition
                  AND NOT EXISTS (
                    SELECT FROM pg_policies p WHERE p.schemaname = 'gate'
                      AND p.tablename = c.table_name AND p.policyname = 'own_tenant'
                      AND p.cmd = 'ALL' AND p.qual = '(tenant_id = gate.current_tenant())'
                      AND p.with_check = '(tenant_id = gate.current_tenant())')
                """))
        .as("tables with a tenant_id and without the policy own_tenant")
        .isEmpty();
  }

  @Test
  void purposesOpenWhatTheySayAndNothingElse() throws SQLException {
    assertThat(
            strings(
                """
                SELECT substring(coalesce(qual, with_check) from '''([a-z_]+)''') || ' '
                  || lower(cmd) || ' ' || tablename
                FROM pg_policies WHERE schemaname = 'gate' AND policyname <> 'own_tenant'
                """))
        .containsExactlyInAnyOrder(
            "authentication select api_keys",
            "authentication select tenants",
            "authentication select console_links",
            "authentication select console_sessions",
            "tenants select tenants",
            "reexecution select tenants",
            "last_use select api_keys",
            "last_use update api_keys",
            "retention select tenants",
            "retention select evaluation_contents",
            "retention delete evaluation_contents",
            "retention select erasures",
            "retention insert erasures");
  }

  @Test
  void theLoginThatServesIsNeitherOwnerNorExempt() throws SQLException {
    assertThat(
            strings(
                """
                SELECT rolname FROM pg_roles r WHERE rolname = 'gate_app' AND (rolsuper OR rolbypassrls
                  OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid)
                  OR pg_has_role('gate_app', 'gate_owner', 'MEMBER'))
                """))
        .isEmpty();
  }

  @Test
  void whoNamesNobodySeesNothing() {
    for (String table : TABLES) {
      assertThat(count(c -> Uni.createFrom().voidItem(), table)).as(table).isZero();
      assertThat(count(c -> name(c, "nofate.tenant", ""), table)).as(table).isZero();
      assertThat(count(c -> name(c, "nofate.purpose", ""), table)).as(table).isZero();
      assertThat(count(c -> name(c, "nofate.purpose", "everything"), table)).as(table).isZero();
      assertThat(count(c -> name(c, "nofate.tenant", UUID.randomUUID().toString()), table))
          .as(table)
          .isZero();
      assertThat(count(c -> name(c, "nofate.tenant", client.tenant()), table))
          .as(table)
          .isEqualTo(1);
    }
  }

  @Test
  void aStatementWithoutWhereSeesTheTenantsRowsOnly() {
    Client.fresh().withRuleset();
    for (String table : TABLES) {
      assertThat(
              db.execute(tenant, COUNT + table, Tuple.tuple())
                  .map(rows -> rows.iterator().next().getInteger("n"))
                  .await()
                  .atMost(PATIENCE))
          .as(table)
          .isEqualTo(1);
    }
  }

  @Test
  void aRowOfAnotherTenantIsNeitherWrittenNorMoved() {
    UUID other = UUID.fromString(Client.fresh().tenant());
    assertThatThrownBy(
            () ->
                db.execute(
                        tenant,
                        """
                        INSERT INTO rulesets (tenant_id, name, version, digest, document, published_at)
                        VALUES ($1, 'x', 1, 'sha256:' || repeat('0', 64), '{}', now())
                        """,
                        Tuple.of(other))
                    .await()
                    .atMost(PATIENCE))
        .hasMessageContaining("row-level security");
    assertThat(
            db.execute(
                    tenant,
                    "UPDATE api_keys SET revoked_at = now() WHERE tenant_id = $1",
                    Tuple.of(other))
                .await()
                .atMost(PATIENCE)
                .rowCount())
        .isZero();
  }

  @Test
  void theNameEndsWithItsTransactionAlsoWhenThatFails() {
    for (String statement : List.of("SELECT 1", "SELECT 1 / 0")) {
      pool.withConnection(
              connection ->
                  connection
                      .query("BEGIN")
                      .execute()
                      .chain(() -> name(connection, "nofate.tenant", client.tenant()))
                      .chain(() -> connection.query(statement).execute())
                      .onFailure()
                      .recoverWithNull()
                      .chain(() -> connection.query("COMMIT").execute())
                      .chain(() -> count(connection, "rulesets"))
                      .invoke(seen -> assertThat(seen).isZero()))
          .await()
          .atMost(PATIENCE);
    }
    assertThatThrownBy(
            () -> db.execute(tenant, "SELECT 1 / 0", Tuple.tuple()).await().atMost(PATIENCE))
        .hasMessageContaining("division by zero");
    assertThat(count(c -> Uni.createFrom().voidItem(), "rulesets")).isZero();
  }

  /** A figure, no assertion: what the name costs a statement, at one and at sixteen at a time. */
  @Test
  void whatItCosts() {
    String sql = "SELECT version FROM rulesets WHERE tenant_id = $1";
    Tuple values = Tuple.of(tenant.value());
    for (int together : new int[] {1, 16}) {
      Uni<?> plain = pool.preparedQuery(sql).execute(values);
      Uni<?> named = Uni.createFrom().deferred(() -> db.execute(tenant, sql, values));
      nanosEach(plain, together, 200);
      nanosEach(named, together, 200);
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < 5; round++) {
        ratios.add((double) nanosEach(named, together, 300) / nanosEach(plain, together, 300));
      }
      ratios.sort(Double::compare);
      LOG.infof(
          "FIGURE row-level security: %d at a time, a statement with its tenant takes %.2f times one without",
          together, ratios.get(2));
      assertThat(ratios.get(2)).isPositive();
    }
  }

  private static long nanosEach(Uni<?> statement, int together, int rounds) {
    List<Uni<?>> all = java.util.Collections.nCopies(together, statement);
    long start = System.nanoTime();
    for (int i = 0; i < rounds / together + 1; i++) {
      Uni.join().all(new ArrayList<Uni<Object>>((List) all)).andFailFast().await().atMost(PATIENCE);
    }
    return (System.nanoTime() - start) / ((rounds / together + 1) * together);
  }

  private int count(java.util.function.Function<SqlConnection, Uni<?>> before, String table) {
    return pool.withTransaction(
            connection -> before.apply(connection).chain(() -> count(connection, table)))
        .await()
        .atMost(PATIENCE);
  }

  private static Uni<Integer> count(SqlConnection connection, String table) {
    return connection
        .query(COUNT + table)
        .execute()
        .map(rows -> rows.iterator().next().getInteger("n"));
  }

  private static Uni<?> name(SqlConnection connection, String setting, String value) {
    return connection
        .preparedQuery("SELECT set_config($1, $2, true)")
        .execute(Tuple.of(setting, value));
  }

  private static List<String> strings(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection superuser = PartsTestResource.superuser().connect();
        Statement statement = superuser.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
