package dev.nofate.cli.backup;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.EventTime;
import dev.nofate.audit.chain.Payload;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.chain.note.SigningKey;
import dev.nofate.audit.chain.note.VerifierKey;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.chain.proof.Origin;
import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.cli.stack.Database;
import dev.nofate.embedded.Bootstrap;
import dev.nofate.embedded.DatabaseUrl;
import dev.nofate.embedded.EmbeddedPostgres17;
import dev.nofate.embedded.FreePort;
import dev.nofate.embedded.Logins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/**
 * A durable Postgres with the log's schema, one chain in it, and a key that signs what it holds.
 */
final class LogOfItsOwn implements AutoCloseable {

  private static final String HOST = "log.example";

  final UUID tenant = UUID.randomUUID();
  final Database database;
  private final SigningKey key;
  private final VerifierKey published;
  private final List<Entry> entries = new ArrayList<>();
  private Position end = Position.genesis(tenant);

  LogOfItsOwn(Path folder) throws Exception {
    Path programs =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "nofate-programs-" + System.getProperty("user.name"));
    EmbeddedPostgres17 postgres =
        EmbeddedPostgres17.in(
            new EmbeddedPostgres17.Settings(folder, programs, FreePort.any(), true, "secret"));
    postgres.start();
    DatabaseUrl superuser = Bootstrap.run(postgres.superuser(), Logins.of(login -> "secret"));
    DatabaseUrl owner = superuser.withLogin("audit_owner", "secret");
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(owner.port(), owner.database()),
            owner.user(),
            owner.password())
        .schemas("audit")
        .createSchemas(false)
        .loggers("slf4j")
        .locations(
            "filesystem:"
                + Path.of("../../audit-service/app/src/main/resources/db/migration")
                    .toAbsolutePath()
                    .normalize())
        .load()
        .migrate();
    database = new Database(postgres, superuser);
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] spki = pair.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(spki, spki.length - VerifierKey.LENGTH, spki.length);
    key = new SigningKey(pair.getPrivate(), raw);
    published = VerifierKey.of(HOST, raw);
  }

  /** The key, as {@code --key} takes it. */
  String verifierKey() {
    return published.toString();
  }

  void grow(int events) throws SQLException {
    try (Connection connection = database.superuser().connect()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < events; i++) {
        Entry entry =
            end.next(
                end.timeOfNext(Instant.now()),
                "admin_action",
                null,
                Payload.parse("{\"n\":" + end.seq() + "}"));
        insert(connection, entry);
        entries.add(entry);
        end = Position.behind(entry);
      }
      connection.commit();
    }
  }

  /** A signed note of what the chain holds, which the database keeps as well. */
  String sign() throws SQLException {
    Frontier tree = Frontier.empty();
    entries.forEach(entry -> tree.append(TreeHash.leaf(entry.hash().bytes())));
    Origin origin = new Origin(HOST, tenant);
    String note = new Checkpoint(origin, tree.size(), tree.root()).sign(List.of(key)).toString();
    try (Connection connection = database.superuser().connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO audit.audit_checkpoints VALUES (?, ?, now(), ?)")) {
      statement.setObject(1, tenant);
      statement.setLong(2, tree.size());
      statement.setString(3, note);
      statement.execute();
    }
    return note;
  }

  /** One row with another payload, and every hash from there on made again. */
  void forge(int seq) throws SQLException {
    try (Connection connection = database.superuser().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute("DELETE FROM audit.audit_events WHERE seq >= " + seq);
      Position from = Position.behind(entries.get(seq - 2));
      for (Entry entry : entries.subList(seq - 1, entries.size())) {
        Payload payload =
            entry.envelope().seq() == seq
                ? Payload.parse("{\"n\":7777}")
                : entry.envelope().payload();
        Entry forged = from.next(entry.envelope().at(), "admin_action", null, payload);
        insert(connection, forged);
        from = Position.behind(forged);
      }
    }
  }

  /** What a restore from too early a time leaves: events and checkpoints up to a place. */
  void loseTail(int kept) throws SQLException {
    execute(
        "SET session_replication_role = replica;"
            + "DELETE FROM audit.audit_events WHERE seq > "
            + kept
            + ";"
            + "DELETE FROM audit.audit_checkpoints WHERE size > "
            + kept);
    entries.subList(kept, entries.size()).clear();
    end = Position.behind(entries.get(kept - 1));
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.superuser().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void kill() {
    ProcessHandle killed = database.server().process().orElseThrow();
    killed.destroyForcibly();
    killed.onExit().join();
  }

  /** The disk is gone. */
  void destroy() throws Exception {
    kill();
    try (var paths = Files.walk(database.server().data())) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void insert(Connection connection, Entry entry) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO audit.audit_events (tenant_id, seq, at, type, payload, hash, append_id)
            VALUES (?, ?, ?::timestamptz, ?, ?::jsonb, ?, ?)
            """)) {
      statement.setObject(1, entry.envelope().tenant());
      statement.setLong(2, entry.envelope().seq());
      statement.setString(3, EventTime.text(entry.envelope().at()));
      statement.setString(4, entry.envelope().type());
      statement.setString(5, entry.envelope().payload().canonical());
      statement.setBytes(6, hash(entry.hash()));
      statement.setObject(7, UUID.randomUUID());
      statement.execute();
    }
  }

  private static byte[] hash(ChainHash hash) {
    return hash.bytes();
  }

  @Override
  public void close() {
    database.server().abort();
  }
}
