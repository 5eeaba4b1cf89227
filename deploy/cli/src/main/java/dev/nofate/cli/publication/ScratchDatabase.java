package dev.nofate.cli.publication;

import dev.nofate.cli.CommandFailure;
import dev.nofate.embedded.Bootstrap;
import dev.nofate.embedded.DatabaseUrl;
import dev.nofate.embedded.EmbeddedPostgres17;
import dev.nofate.embedded.FreePort;
import dev.nofate.embedded.Logins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * A Postgres that exists for one run of the gate, brought to where the services would bring it: the
 * operator's bootstrap, then every service's migrations as its owner's login.
 */
final class ScratchDatabase implements AutoCloseable {

  static final List<String> SCHEMAS = List.of("gate", "audit", "billing");

  private static final String PASSWORD = "scratch-" + UUID.randomUUID();

  private final Path folder;
  private final EmbeddedPostgres17 postgres;
  private final DatabaseUrl superuser;

  private ScratchDatabase(Path folder, EmbeddedPostgres17 postgres, DatabaseUrl superuser) {
    this.folder = folder;
    this.postgres = postgres;
    this.superuser = superuser;
  }

  /**
   * Makes it.
   *
   * @param root the project's root, for the migrations
   * @param programs where Postgres is unpacked
   */
  static ScratchDatabase make(Path root, Path programs) {
    Path folder = temporaryFolder();
    EmbeddedPostgres17 postgres =
        EmbeddedPostgres17.in(
            new EmbeddedPostgres17.Settings(folder, programs, FreePort.any(), false, PASSWORD));
    Thread abandoned = new Thread(postgres::abort);
    Runtime.getRuntime().addShutdownHook(abandoned);
    postgres.start();
    DatabaseUrl superuser =
        Bootstrap.run(postgres.superuser(), Logins.of(ScratchDatabase::password));
    ScratchDatabase database = new ScratchDatabase(folder, postgres, superuser);
    for (String schema : SCHEMAS) {
      database.migrate(schema, CodeBase.migrations(root, schema));
    }
    return database;
  }

  DatabaseUrl superuser() {
    return superuser;
  }

  DatabaseUrl login(String name) {
    return superuser.withLogin(name, password(name));
  }

  /** Every CHECK constraint of the suite's tables; partitions repeat their table's. */
  List<CheckConstraint> checkConstraints() {
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT n.nspname || '.' || r.relname, c.conname, pg_get_constraintdef(c.oid)
                FROM pg_constraint c
                JOIN pg_class r ON r.oid = c.conrelid
                JOIN pg_namespace n ON n.oid = r.relnamespace
                WHERE c.contype = 'c' AND n.nspname IN ('gate', 'audit', 'billing')
                  AND NOT r.relispartition
                ORDER BY 1, 2
                """)) {
      List<CheckConstraint> constraints = new ArrayList<>();
      while (rows.next()) {
        constraints.add(
            new CheckConstraint(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
      return constraints;
    } catch (SQLException e) {
      throw new CommandFailure("the constraints are not readable: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    postgres.abort();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new CommandFailure("cannot remove " + folder + ": " + e.getMessage(), e);
    }
  }

  private void migrate(String schema, Path scripts) {
    DatabaseUrl owner = login(schema + "_owner");
    String jdbc =
        "jdbc:postgresql://%s:%d/%s".formatted(owner.host(), owner.port(), owner.database());
    try {
      Flyway.configure()
          .dataSource(jdbc, owner.user(), owner.password())
          .schemas(schema)
          .defaultSchema(schema)
          .createSchemas(false)
          .loggers("slf4j")
          .locations("filesystem:" + scripts.toAbsolutePath())
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new CommandFailure("the migrations of " + schema + " failed: " + e.getMessage(), e);
    }
  }

  private static String password(String login) {
    return PASSWORD + "-" + login;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("nofate-publication-");
    } catch (IOException e) {
      throw new CommandFailure("cannot make a temporary folder: " + e.getMessage(), e);
    }
  }
}
