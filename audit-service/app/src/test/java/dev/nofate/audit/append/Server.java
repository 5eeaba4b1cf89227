package dev.nofate.audit.append;

import static org.awaitility.Awaitility.await;

import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.embedded.Bootstrap;
import dev.nofate.embedded.DatabaseUrl;
import dev.nofate.embedded.EmbeddedPostgres17;
import dev.nofate.embedded.FreePort;
import dev.nofate.embedded.Logins;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.flywaydb.core.Flyway;

/**
 * A durable Postgres of a test's own with the log's schema, which it may break, and the runtime
 * login's pool into it.
 */
final class Server implements AutoCloseable {

  private final EmbeddedPostgres17 postgres;
  private final DatabaseUrl superuser;
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;

  Server(Path folder) {
    Path programs =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "nofate-programs-" + System.getProperty("user.name"));
    postgres =
        EmbeddedPostgres17.in(
            new EmbeddedPostgres17.Settings(folder, programs, FreePort.any(), true, "secret"));
    postgres.start();
    superuser = Bootstrap.run(postgres.superuser(), Logins.of(login -> "secret-" + login));
    DatabaseUrl owner = superuser.withLogin("audit_owner", "secret-audit_owner");
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(owner.port(), owner.database()),
            owner.user(),
            owner.password())
        .schemas("audit")
        .createSchemas(false)
        .load()
        .migrate();
    pool =
        Pool.newInstance(
            PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(8))
                .connectingTo(
                    new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(superuser.port())
                        .setDatabase(superuser.database())
                        .setUser("audit_app")
                        .setPassword("secret-audit_app"))
                .using(vertx)
                .build());
    // The first caller of a JVM's class loader sets up what callers share, which only one may do.
    pool.query("SELECT 1").executeAndAwait();
  }

  Replica replica(Map<String, String> settings) {
    Executor loop = work -> vertx.getOrCreateContext().runOnContext(nothing -> work.run());
    return new Replica(
        new AppendStore(pool, new ChainReader(pool)),
        loop,
        java.time.InstantSource.system(),
        settings);
  }

  Connection connect() throws SQLException {
    Connection connection = superuser.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = audit");
    }
    return connection;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** As a power cut ends it; and what is there again afterwards is what was on disk. */
  void killAndStart() {
    postgres.kill();
    postgres.start();
  }

  /** Whom every commit waits for from now on, besides the disk; nobody when it is empty. */
  void waitForStandby(String name) throws SQLException {
    execute("ALTER SYSTEM SET synchronous_standby_names = '%s'".formatted(name));
    execute("SELECT pg_reload_conf()");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                number(
                        "SELECT (current_setting('synchronous_standby_names') = '%s')::int"
                            .formatted(name))
                    == 1);
  }

  /** How many events stand in the chain, each of them verified. */
  long intact(UUID tenant) {
    ChainVerifier verifier = ChainVerifier.startingAtGenesis(tenant);
    new ChainReader(pool)
        .page(tenant, 0, Long.MAX_VALUE, 1_000_000)
        .onFailure()
        .retry()
        .withBackOff(Duration.ofMillis(50))
        .atMost(30)
        .await()
        .atMost(Duration.ofSeconds(60))
        .forEach(row -> verifier.accept(row.entry()));
    if (verifier.verdict() instanceof Verdict.Valid valid) {
      return valid.events();
    }
    throw new AssertionError(verifier.verdict());
  }

  @Override
  public void close() {
    pool.closeAndAwait();
    vertx.close();
    postgres.abort();
  }
}
