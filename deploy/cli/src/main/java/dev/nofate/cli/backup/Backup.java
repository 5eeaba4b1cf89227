package dev.nofate.cli.backup;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.WholeFile;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.stack.Database;
import dev.nofate.cli.stack.StackFile;
import dev.nofate.embedded.CopiedFile;
import dev.nofate.embedded.DataFolder;
import dev.nofate.embedded.DatabaseUrl;
import dev.nofate.embedded.OnlineBackup;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes backups of a running stack.
 *
 * @param database the stack's
 * @param stack where its services are; empty when none runs
 * @param repository where to
 */
public record Backup(Database database, Optional<StackFile> stack, Repository repository) {

  private static final Duration ARCHIVING = Duration.ofMinutes(5);
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int OK = 200;

  /**
   * What was done.
   *
   * @param id of the backup; null when only checkpoints were kept
   * @param folder the repository
   * @param seconds it took
   * @param files copied
   * @param bytes of them
   * @param checkpoints of how many chains one is kept
   * @param shorter the tenants whose log is shorter than a checkpoint that was kept before
   * @param other the tenants of whom a checkpoint is kept that their log contradicted
   */
  public record Taken(
      String id,
      String folder,
      double seconds,
      int files,
      long bytes,
      int checkpoints,
      List<String> shorter,
      List<String> other) {}

  /** Backups of a stack in a folder. */
  public static Backup of(Database database, Optional<StackFile> stack, Path folder) {
    return new Backup(database, stack, new Repository(folder).prepare());
  }

  /** Keeps the checkpoints alone. */
  public Taken keepCheckpoints() {
    return locked(this::keepCheckpointsLocked);
  }

  private Taken keepCheckpointsLocked() {
    long start = System.nanoTime();
    keepKeys();
    Map<String, String> signed = KeptCheckpoints.signed(database.superuser());
    return taken(null, start, List.of(), signed, keep(signed));
  }

  /**
   * Takes a backup, and has the write-ahead log archived beside it from then on.
   *
   * @param walEvery a segment is archived at latest this long after its first record
   * @param keep how many backups are kept
   */
  public Taken take(Duration walEvery, int keep) {
    return locked(() -> takeLocked(walEvery, keep));
  }

  private Taken locked(Supplier<Taken> work) {
    try (FileChannel lock = repository.lock()) {
      return work.get();
    } catch (IOException e) {
      throw new CommandFailure("cannot unlock " + repository.folder(), e);
    }
  }

  private Taken takeLocked(Duration walEvery, int keep) {
    long start = System.nanoTime();
    Path data = database.server().data();
    String cluster = DataFolder.systemIdentifier(data);
    repository.refuseOtherCluster(cluster);
    database.server().archiveTo(repository.wal());
    archiveEvery(database.superuser(), walEvery);
    keepKeys();
    Map<String, String> signed = KeptCheckpoints.signed(database.superuser());
    Instant started = Instant.now();
    String id = ID.format(started);
    folder(repository.base(id));
    OnlineBackup copied =
        OnlineBackup.take(database.superuser(), data, repository.data(id), ARCHIVING);
    repository.write(
        new Manifest(
            id,
            started.toString(),
            Instant.now().toString(),
            cluster,
            copied.startLsn(),
            copied.stopLsn(),
            copied.firstSegment(),
            copied.lastSegment(),
            copied.files().stream().mapToLong(CopiedFile::bytes).sum(),
            copied.files(),
            signed));
    KeptCheckpoints.Found found = keep(signed);
    repository.keepLast(keep);
    return taken(id, start, copied.files(), signed, found);
  }

  private KeptCheckpoints.Found keep(Map<String, String> signed) {
    try (StoredLog log = StoredLog.of(database.superuser())) {
      return new KeptCheckpoints(repository.checkpoints()).keep(signed, log);
    }
  }

  private Taken taken(
      String id,
      long start,
      List<CopiedFile> files,
      Map<String, String> signed,
      KeptCheckpoints.Found found) {
    return new Taken(
        id,
        repository.folder().toString(),
        Math.round((System.nanoTime() - start) / 1e7) / 100.0,
        files.size(),
        files.stream().mapToLong(CopiedFile::bytes).sum(),
        signed.size(),
        found.shorter(),
        found.other());
  }

  /** A setting of the cluster, so that it outlives a restart and goes with the backup. */
  private static void archiveEvery(DatabaseUrl superuser, Duration period) {
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET archive_timeout = '%ds'".formatted(period.toSeconds()));
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException e) {
      throw new CommandFailure("the archiving was not switched on: " + e.getMessage(), e);
    }
  }

  /** The published keys as they are known while the log is good; what is kept stays otherwise. */
  private void keepKeys() {
    stack.ifPresent(
        running -> {
          ApiClient audit = new ApiClient(running.services().get("audit-service").url(), null);
          try {
            ApiClient.Answer keys = audit.get("/.well-known/no-fate/audit-keys");
            if (keys.status() == OK) {
              WholeFile.replace(repository.keys(), Json.pretty(keys.json()));
            }
          } catch (CommandFailure e) {
            // A database is worth a backup also while the service that signs is away.
            if (!Files.exists(repository.keys())) {
              throw new CommandFailure("audit-service did not state its keys", e);
            }
          }
        });
  }

  private static void folder(Path folder) {
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw new CommandFailure("cannot make the folder " + folder + ": " + e.getMessage(), e);
    }
  }
}
