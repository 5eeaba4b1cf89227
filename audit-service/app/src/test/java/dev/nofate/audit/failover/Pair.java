package dev.nofate.audit.failover;

import static org.awaitility.Awaitility.await;

import dev.nofate.embedded.Bootstrap;
import dev.nofate.embedded.DatabaseUrl;
import dev.nofate.embedded.EmbeddedPostgres17;
import dev.nofate.embedded.FreePort;
import dev.nofate.embedded.Logins;
import dev.nofate.embedded.OnlineBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A primary with the suite's database, and the hot standby that each of its commits waits for. */
final class Pair implements AutoCloseable {

  private static final String STANDBY = "standby";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final EmbeddedPostgres17 primary;
  final EmbeddedPostgres17 standby;

  private final Relay replication;
  private final Path archive;

  Pair(Path folder) throws IOException {
    primary = server(Files.createDirectory(folder.resolve("primary")));
    standby = server(Files.createDirectory(folder.resolve(STANDBY)));
    replication = new Relay(primary.superuser().port());
    archive = Files.createDirectory(folder.resolve("archive"));
  }

  void start() throws SQLException {
    primary.start();
    Bootstrap.run(primary.superuser(), Logins.of(Pair::password));
    primary.archiveTo(archive);
    OnlineBackup.take(primary.superuser(), primary.data(), standby.data(), PATIENCE);
    standby.follow(throughReplication(), STANDBY);
    execute(primary, "ALTER SYSTEM SET synchronous_standby_names = '" + STANDBY + "'");
    execute(primary, "SELECT pg_reload_conf()");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                number(
                        primary,
                        "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
                    == 1);
  }

  /** What a service connects with, through a port that leads to whichever is the primary. */
  static DatabaseUrl login(String name, int port) {
    return new DatabaseUrl(name, password(name), "127.0.0.1", port, Bootstrap.DATABASE);
  }

  /** Nothing that the primary writes reaches the standby any more. */
  void isolateThePrimary() {
    replication.cut();
  }

  /** The killed primary as a server that takes writes and waits for nobody. */
  void bringTheOldPrimaryBack() throws SQLException {
    primary.start();
    execute(primary, "ALTER SYSTEM RESET synchronous_standby_names");
    execute(primary, "SELECT pg_reload_conf()");
    execute(primary, "CREATE TABLE audit.it_takes_writes ()");
  }

  static long number(EmbeddedPostgres17 server, String sql) throws SQLException {
    try (Connection connection = inside(server).connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() {
    replication.close();
    primary.abort();
    standby.abort();
  }

  private DatabaseUrl throughReplication() {
    DatabaseUrl way = primary.superuser();
    return new DatabaseUrl(
        way.user(), way.password(), way.host(), replication.port(), way.database());
  }

  private static void execute(EmbeddedPostgres17 server, String sql) throws SQLException {
    try (Connection connection = inside(server).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static DatabaseUrl inside(EmbeddedPostgres17 server) {
    return server.superuser().withDatabase(Bootstrap.DATABASE);
  }

  private static EmbeddedPostgres17 server(Path folder) {
    Path programs =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "nofate-programs-" + System.getProperty("user.name"));
    return EmbeddedPostgres17.in(
        new EmbeddedPostgres17.Settings(folder, programs, FreePort.any(), true, "secret"));
  }

  private static String password(String login) {
    return "secret-" + login;
  }
}
