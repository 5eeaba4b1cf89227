package dev.nofate.cli.backup;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.cli.CommandFailure;
import dev.nofate.embedded.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** What a later log is found to be, held against what is kept. */
  interface Log {

    /** How many events it has of a tenant. */
    long events(String tenant);

    /** Whether its first events are those that a checkpoint was made of. */
    boolean holds(String tenant, String note);
  }

  /**
   * Where a log is not behind what is kept.
   *
   * @param shorter the tenants whose logs end before it
   * @param other the tenants whose logs reach as far, and hold other events
   */
  record Found(List<String> shorter, List<String> other) {}

  /**
   * Keeps those that stand on what is kept; what a log contradicts stays as the witness that it is.
   * A restored log may hold every event of a kept checkpoint and not the checkpoint itself: it was
   * signed behind the last that came back.
   */
  Found keep(Map<String, String> signed, Log log) {
    Map<String, String> before = read();
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    before.forEach(
        (tenant, kept) -> {
          if (size(kept) > log.events(tenant)) {
            found.shorter().add(tenant);
          } else if (!log.holds(tenant, kept)) {
            found.other().add(tenant);
          }
        });
    signed.forEach(
        (tenant, note) -> {
          String kept = before.get(tenant);
          boolean contradicted = found.shorter().contains(tenant) || found.other().contains(tenant);
          if (kept == null || (!contradicted && size(kept) <= size(note) && !note.equals(kept))) {
            Repository.replace(folder.resolve(tenant + SUFFIX), note);
          }
        });
    return found;
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
