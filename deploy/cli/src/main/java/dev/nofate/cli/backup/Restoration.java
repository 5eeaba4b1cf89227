package dev.nofate.cli.backup;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.stack.Database;
import dev.nofate.cli.verify.TrustedKeys;
import dev.nofate.embedded.CopiedFile;
import dev.nofate.embedded.DataFolder;
import dev.nofate.embedded.DatabaseUrl;
import dev.nofate.embedded.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts a backup in the place of a stack's data folder, replays the write-ahead log, and verifies
 * every chain before a service sees it.
 *
 * @param database of the stack, down
 * @param repository with the backup
 */
public record Restoration(Database database, Repository repository) {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * What is asked for.
   *
   * @param backup its id; null for the last
   * @param until the time up to which transactions come back; null for all of them
   * @param checkpoints files with further checkpoints, kept by whomever
   * @param keys whose signatures count; when empty, those kept beside the backups
   * @param patience how long the replaying may take
   */
  public record Wishes(
      String backup, Instant until, List<Path> checkpoints, List<String> keys, Duration patience) {}

  /** A restoration of the database from a folder of backups. */
  public static Restoration of(Database database, Path folder) {
    return new Restoration(database, new Repository(folder));
  }

  /** Does it. The data folder that was there is kept beside the new one. */
  public Restored run(Wishes wishes) {
    Manifest manifest = repository.choose(wishes.backup(), wishes.until());
    Claims claims = claims(manifest, wishes);
    long start = System.nanoTime();
    Path data = database.server().data();
    Path fresh = data.resolveSibling("data.restoring-" + manifest.id());
    Repository.delete(fresh);
    copy(manifest, fresh);
    Path replaced = replace(data, fresh);
    long copied = System.nanoTime();
    database
        .server()
        .recover(
            new Recovery(
                repository.wal(), left(replaced, manifest), wishes.until(), wishes.patience()));
    long recovered = System.nanoTime();
    List<RestoredChain> chains = new ChainAudit(database.superuser(), claims).verify();
    long verified = System.nanoTime();
    return new Restored(
        manifest.id(),
        replaced == null ? null : replaced.toString(),
        lastTransaction(database.superuser()),
        seconds(start, copied),
        seconds(copied, recovered),
        seconds(recovered, verified),
        claims.areVerified(),
        chains);
  }

  private Claims claims(Manifest manifest, Wishes wishes) {
    List<String> keys = new ArrayList<>(wishes.keys());
    if (keys.isEmpty() && Files.exists(repository.keys())) {
      keys.add(repository.keys().toString());
    }
    Claims claims = new Claims(TrustedKeys.of(keys));
    manifest.checkpoints().forEach((tenant, note) -> claims.add("the manifest", note));
    Map<String, String> kept = new KeptCheckpoints(repository.checkpoints()).read();
    kept.forEach((tenant, note) -> claims.add("the checkpoint of " + tenant, note));
    for (Path file : wishes.checkpoints()) {
      try {
        claims.add(file.toString(), Files.readString(file));
      } catch (IOException e) {
        throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
      }
    }
    return claims;
  }

  /** Copies the backup and compares every digest, before anything that is there is touched. */
  private void copy(Manifest manifest, Path into) {
    Path from = repository.data(manifest.id());
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path folder : paths.filter(Files::isDirectory).toList()) {
        Files.createDirectories(
            into.resolve(from.relativize(folder).toString()),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      for (CopiedFile file : manifest.files()) {
        Path target = into.resolve(file.path()).normalize();
        if (!target.startsWith(into)) {
          throw new CommandFailure("the manifest names a path outside of the backup");
        }
        CopiedFile copied = DataFolder.copy(from.resolve(file.path()), target, file.path());
        if (!copied.equals(file)) {
          throw new CommandFailure(
              "%s of the backup is not what was copied into it".formatted(file.path()));
        }
      }
      DataFolder.sync(into);
    } catch (IOException e) {
      throw new CommandFailure("the backup is not whole: " + e.getMessage(), e);
    }
  }

  private static Path replace(Path data, Path fresh) {
    try {
      Path replaced = null;
      if (Files.exists(data)) {
        replaced = data.resolveSibling("data.before-" + STAMP.format(Instant.now()));
        Files.move(data, replaced);
      }
      Files.move(fresh, data);
      return replaced;
    } catch (IOException e) {
      throw new CommandFailure("cannot replace " + data + ": " + e.getMessage(), e);
    }
  }

  /** The end of the log that a dead server of the same cluster had not archived yet. */
  private static Path left(Path replaced, Manifest manifest) {
    if (replaced == null
        || !Files.exists(replaced.resolve("global/pg_control"))
        || !DataFolder.systemIdentifier(replaced).equals(manifest.systemIdentifier())) {
      return null;
    }
    return replaced.resolve("pg_wal");
  }

  private static String lastTransaction(DatabaseUrl superuser) {
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT to_char(pg_last_xact_replay_timestamp() AT TIME ZONE 'UTC',
                               'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                """)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new CommandFailure("the restored database does not answer: " + e.getMessage(), e);
    }
  }

  private static double seconds(long from, long to) {
    return Math.round((to - from) / 1e7) / 100.0;
  }
}
