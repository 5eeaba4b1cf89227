package dev.nofate.cli.backup;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.WholeFile;
import dev.nofate.embedded.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
  private static final String EVIDENCE = ".evidence";

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
   * @param other the tenants of whom evidence is kept that their logs reached as far and held other
   *     events
   */
  record Found(List<String> shorter, List<String> other) {}

  /**
   * Keeps those that stand on what is kept. What a log contradicts is set aside as evidence, under
   * its size, and told of until somebody takes it away. A restored log may hold every event of a
   * kept checkpoint and not the checkpoint itself: it was signed behind the last that came back.
   */
  Found keep(Map<String, String> signed, Log log) {
    Map<String, String> before = read();
    List<String> shorter = new ArrayList<>();
    before.forEach(
        (tenant, kept) -> {
          if (size(kept) > log.events(tenant)) {
            shorter.add(tenant);
          } else if (!log.holds(tenant, kept)) {
            setAside(tenant, size(kept));
          }
        });
    Map<String, String> standing = read();
    signed.forEach(
        (tenant, note) -> {
          String kept = standing.get(tenant);
          boolean further = kept == null || (size(kept) <= size(note) && !note.equals(kept));
          if (further && !shorter.contains(tenant)) {
            WholeFile.replace(folder.resolve(tenant + SUFFIX), note);
          }
        });
    return new Found(shorter, evidence());
  }

  private void setAside(String tenant, long size) {
    Path witness = folder.resolve(tenant + SUFFIX);
    try {
      Files.move(
          witness, folder.resolve(tenant + "." + size + EVIDENCE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CommandFailure(witness + " cannot be set aside: " + e.getMessage(), e);
    }
  }

  /** The tenants of whom there is some. */
  private List<String> evidence() {
    return names().stream()
        .filter(name -> name.endsWith(EVIDENCE))
        .map(name -> name.substring(0, name.indexOf('.')))
        .distinct()
        .toList();
  }

  /** What is kept, by tenant. */
  Map<String, String> read() {
    Map<String, String> notes = new TreeMap<>();
    for (String name : names()) {
      if (name.endsWith(SUFFIX)) {
        try {
          notes.put(
              name.substring(0, name.length() - SUFFIX.length()),
              Files.readString(folder.resolve(name)));
        } catch (IOException e) {
          throw notReadable(e);
        }
      }
    }
    return notes;
  }

  private List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw notReadable(e);
    }
  }

  private CommandFailure notReadable(IOException cause) {
    return new CommandFailure("the checkpoints in " + folder + " are not readable", cause);
  }

  private static long size(String note) {
    return Checkpoint.parse(SignedNote.parse(note).text()).size();
  }
}
