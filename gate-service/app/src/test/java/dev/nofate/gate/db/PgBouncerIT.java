package dev.nofate.gate.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row-level security through PgBouncer in transaction mode, with two server connections for many
 * clients. PgBouncer comes with no Maven jar, so this runs on demand: {@code
 * -Dnofate.pgbouncer=/usr/sbin/pgbouncer}.
 */
@GateTest
@Tag("pgbouncer")
class PgBouncerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TENANTS = 6;
  private static final int STATEMENTS = 600;

  @TempDir Path folder;
  @Inject Vertx vertx;

  private Process bouncer;
  private Pool pool;
  private TenantDb db;

  @BeforeEach
  void aPoolBehindPgBouncer() throws IOException {
    int port = freePort();
    bouncer = start(port);
    Awaitility.await().atMost(PATIENCE).until(() -> answers(port));
    pool =
        Pool.newInstance(
            PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(16))
                .connectingTo(
                    new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setDatabase("suite")
                        .setUser("anybody")
                        .setPassword("anything")
                        .setCachePreparedStatements(false))
                .using(vertx)
                .build());
    db = new TenantDb(pool);
  }

  @AfterEach
  void stop() {
    pool.closeAndAwait();
    bouncer.destroy();
    bouncer.onExit().join();
  }

  @Test
  void everyStatementSeesItsOwnTenantWhoeverHadTheConnectionBefore() {
    List<TenantId> tenants = new ArrayList<>();
    for (int i = 0; i < TENANTS; i++) {
      tenants.add(TenantId.of(Client.fresh().tenant()));
    }
    List<Boolean> right =
        Multi.createFrom()
            .range(0, STATEMENTS)
            .onItem()
            .transformToUni(i -> statement(i, tenants.get(i % TENANTS)))
            .merge(32)
            .collect()
            .asList()
            .await()
            .atMost(PATIENCE);
    assertThat(right).hasSize(STATEMENTS).containsOnly(true);
    System.out.printf(
        "PgBouncer in transaction mode: %d statements of %d tenants and of nobody, 16 clients on 2"
            + " server connections, each saw its own rows%n",
        STATEMENTS, TENANTS);
  }

  /** By turns: a tenant's statement, one that fails, a transaction, and one that names nobody. */
  private Uni<Boolean> statement(int i, TenantId tenant) {
    String sql = "SELECT tenant_id::text FROM tenants";
    return switch (i % 4) {
      case 0 -> db.execute(tenant, sql, Tuple.tuple()).map(rows -> isOnly(rows, tenant));
      case 1 ->
          db.execute(tenant, "SELECT 1 / 0", Tuple.tuple())
              .map(rows -> false)
              .onFailure()
              .recoverWithItem(e -> e.getMessage().contains("division by zero"));
      case 2 ->
          db.transaction(tenant, connection -> connection.preparedQuery(sql).execute())
              .map(rows -> isOnly(rows, tenant));
      default ->
          pool.withTransaction(connection -> connection.preparedQuery(sql).execute())
              .map(rows -> rows.size() == 0);
    };
  }

  private static boolean isOnly(RowSet<Row> rows, TenantId tenant) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.getString(0))
        .toList()
        .equals(List.of(tenant.toString()));
  }

  private Process start(int port) throws IOException {
    URI database = URI.create(PartsTestResource.login("gate_app").uri());
    String[] login = database.getUserInfo().split(":", 2);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path users = Files.writeString(folder.resolve("users.txt"), "\"anybody\" \"anything\"\n");
    Path settings =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            suite = host=%s port=%d dbname=%s user=%s password=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = plain
            auth_file = %s
            pool_mode = transaction
            default_pool_size = 2
            max_client_conn = 100
            ignore_startup_parameters = extra_float_digits
            """
                .formatted(
                    database.getHost(),
                    database.getPort(),
                    database.getPath().substring(1),
                    login[0],
                    login[1],
                    port,
                    users));
    List<String> command = new ArrayList<>(List.of(System.getProperty("nofate.pgbouncer")));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(settings.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static boolean answers(int port) {
    try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
