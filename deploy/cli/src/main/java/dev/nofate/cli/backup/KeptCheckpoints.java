package dev.nofate.cli.backup;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.cli.CommandFailure;
import dev.nofate.embedded.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The last signed checkpoint of each chain, kept apart from the database: rows and checkpoints that
 * vanish from it together are missed here.
 *
 * @param folder a file a tenant
 */
record KeptCheckpoints(Path folder) {

  private static final String SUFFIX = ".checkpoint";

  /**
   * What the database holds, by tenant. From one tenant to the next along the primary key: there
   * are as many checkpoints as minutes, and all but the last of each are passed over.
   */
  static Map<String, String> signed(DatabaseUrl superuser) {
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement()) {
      Map<String, String> notes = new TreeMap<>();
      if (!exists(statement)) {
        return notes;
      }
      try (ResultSet rows =
          statement.executeQuery(
              """
              WITH RECURSIVE tenants AS (
                (SELECT tenant_id FROM audit.audit_checkpoints ORDER BY tenant_id LIMIT 1)
                UNION ALL
                SELECT (SELECT tenant_id FROM audit.audit_checkpoints
                         WHERE tenant_id > before.tenant_id ORDER BY tenant_id LIMIT 1)
                  FROM tenants before
                 WHERE before.tenant_id IS NOT NULL
              )
              SELECT tenants.tenant_id, latest.note
                FROM tenants CROSS JOIN LATERAL (
                  SELECT note FROM audit.audit_checkpoints
                   WHERE tenant_id = tenants.tenant_id ORDER BY size DESC, issued_at DESC LIMIT 1) latest
              """)) {
        while (rows.next()) {
          notes.put(rows.getString(1), rows.getString(2));
        }
      }
      return notes;
    } catch (SQLException e) {
      throw new CommandFailure("the checkpoints are not readable: " + e.getMessage(), e);
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT to_regclass('audit.audit_checkpoints') IS NOT NULL")) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  /** How many events the database holds of a chain. */
  static long events(DatabaseUrl superuser, String tenant) {
    try (Connection connection = superuser.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT seq FROM audit.audit_events WHERE tenant_id = ?::uuid ORDER BY seq DESC LIMIT 1")) {
      statement.setString(1, tenant);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException e) {
      throw new CommandFailure("the chain is not readable: " + e.getMessage(), e);
    }
  }

  /**
   * Keeps those that are not smaller than what is kept. A restored log may hold every event of a
   * kept checkpoint and not the checkpoint itself: it was signed behind the last that came back.
   *
   * @param events how many events a tenant's log has
   * @return the tenants whose logs are shorter than what is kept
   */
  List<String> keep(Map<String, String> signed, ToLongFunction<String> events) {
    Map<String, String> before = read();
    signed.forEach(
        (tenant, note) -> {
          String kept = before.get(tenant);
          if (kept == null || (size(kept) <= size(note) && !note.equals(kept))) {
            Repository.replace(folder.resolve(tenant + SUFFIX), note);
          }
        });
    List<String> shorter = new ArrayList<>();
    before.forEach(
        (tenant, kept) -> {
          long known = signed.containsKey(tenant) ? size(signed.get(tenant)) : 0;
          if (size(kept) > known && size(kept) > events.applyAsLong(tenant)) {
            shorter.add(tenant);
          }
        });
    return shorter;
  }

  /** What is kept, by tenant. */
  Map<String, String> read() {
    Map<String, String> notes = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return notes;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX)) {
          notes.put(name.substring(0, name.length() - SUFFIX.length()), Files.readString(file));
        }
      }
      return notes;
    } catch (IOException e) {
      throw new CommandFailure("the checkpoints in " + folder + " are not readable", e);
    }
  }

  private static long size(String note) {
    return Checkpoint.parse(SignedNote.parse(note).text()).size();
  }
}
