package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import io.restassured.path.json.JsonPath;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a migration job does: MIGRATE_ONLY with the owner's login and nothing else. */
@SuiteTest
class MigrationIT {

  private static final String DATABASE = "migrated_by_jobs";
  private static final int PATIENCE_SECONDS = 180;

  @Test
  void migratesWithTheOwnersLoginAloneAndEnds(Suite suite) throws Exception {
    URI postgres = URI.create(suite.file().postgres().url());
    try (Connection db = suite.superuser();
        Statement sql = db.createStatement()) {
      sql.execute("CREATE DATABASE " + DATABASE);
    }
    try (Connection inside = inside(postgres)) {
      schemas(inside);
      Map<String, Process> jobs = new LinkedHashMap<>();
      for (String schema : new String[] {"gate", "audit", "billing"}) {
        jobs.put(schema, job(suite, postgres, schema));
      }
      for (Map.Entry<String, Process> job : jobs.entrySet()) {
        assertThat(job.getValue().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(job.getValue().exitValue()).as(job.getKey()).isZero();
        assertThat(applied(inside, job.getKey())).as(job.getKey()).isPositive();
      }
    }
  }

  private static Process job(Suite suite, URI postgres, String schema) throws IOException {
    Path root = Path.of(System.getProperty("nofate.root"));
    ProcessBuilder job =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx192m",
            "-jar",
            root.resolve(schema + "-service/app/target/quarkus-app/quarkus-run.jar").toString());
    String password =
        JsonPath.from(new File(suite.home().toFile(), "secrets.json"))
            .getString("database_passwords." + schema + "_owner");
    job.environment().clear();
    job.environment().put("MIGRATE_ONLY", "true");
    job.environment()
        .put(
            "DATABASE_OWNER_URL",
            "postgresql://%s_owner:%s@%s:%d/%s"
                .formatted(schema, password, postgres.getHost(), postgres.getPort(), DATABASE));
    return job.redirectErrorStream(true)
        .redirectOutput(suite.home().resolve("logs/migration-" + schema + ".log").toFile())
        .start();
  }

  private static void schemas(Connection inside) throws SQLException {
    try (Statement sql = inside.createStatement()) {
      for (String schema : new String[] {"gate", "audit", "billing"}) {
        sql.execute("CREATE SCHEMA %1$s AUTHORIZATION %1$s_owner".formatted(schema));
        sql.execute(
            "ALTER ROLE %1$s_owner IN DATABASE %2$s SET search_path = %1$s"
                .formatted(schema, DATABASE));
      }
    }
  }

  private static int applied(Connection inside, String schema) throws SQLException {
    try (Statement sql = inside.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "SELECT count(*) FROM %s.flyway_schema_history WHERE success".formatted(schema))) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static Connection inside(URI postgres) throws SQLException {
    String[] login = postgres.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(postgres.getHost(), postgres.getPort(), DATABASE),
        login[0],
        login[1]);
  }
}
