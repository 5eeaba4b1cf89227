package dev.nofate.embedded;

import static dev.nofate.embedded.Statements.execute;
import static dev.nofate.embedded.Statements.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup taken under writes, and the three ways back from it. */
class OnlineBackupIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private EmbeddedPostgres17 postgres;
  private Path archive;
  private OnlineBackup backup;

  @BeforeEach
  void backedUpWhileItIsWrittenTo() throws Exception {
    archive = Files.createDirectory(folder.resolve("archive"));
    postgres =
        EmbeddedPostgres17.in(
            new EmbeddedPostgres17.Settings(
                folder.resolve("server"), Folders.programs(), FreePort.any(), true, "secret"));
    postgres.start();
    execute(postgres, "CREATE TABLE kept (n bigint PRIMARY KEY, filling text)");
    postgres.archiveTo(archive);
    AtomicBoolean goOn = new AtomicBoolean(true);
    CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> write(goOn));
    backup =
        OnlineBackup.take(
            postgres.superuser(), postgres.data(), folder.resolve("backup"), PATIENCE);
    goOn.set(false);
    assertThat(writer.join()).isPositive();
  }

  @AfterEach
  void stop() {
    postgres.abort();
  }

  @Test
  void bringsBackWhatWasArchivedWhenEverythingElseIsGone() throws Exception {
    assertThat(backup.files().stream().map(CopiedFile::path))
        .contains("backup_label", "global/pg_control", "PG_VERSION")
        .noneMatch(path -> path.startsWith("pg_wal/") || path.startsWith("postmaster."));
    execute(postgres, "INSERT INTO kept VALUES (-1, 'archived')");
    execute(postgres, "SELECT pg_switch_wal()");
    String segment = value(postgres, "SELECT pg_walfile_name(pg_current_wal_lsn() - 1)");
    awaitArchived(segment);
    execute(postgres, "INSERT INTO kept VALUES (-2, 'in a segment that nobody has')");
    postgres.kill();
    Folders.delete(postgres.data());

    recover(null, null);

    assertThat(value(postgres, "SELECT min(n) FROM kept")).isEqualTo("-1");
    assertThat(value(postgres, "SELECT count(*) = max(n) + 1 FROM kept WHERE n >= 0"))
        .as("every row in front of the last is there")
        .isEqualTo("t");
  }

  @Test
  void bringsBackEverythingWhenTheOldDataFolderIsStillThere() throws Exception {
    execute(postgres, "INSERT INTO kept VALUES (-1, 'not archived')");
    postgres.kill();
    Path before = Files.move(postgres.data(), folder.resolve("before"));

    recover(before.resolve("pg_wal"), null);

    assertThat(value(postgres, "SELECT min(n) FROM kept")).isEqualTo("-1");
    assertThat(DataFolder.systemIdentifier(before))
        .isEqualTo(value(postgres, "SELECT system_identifier FROM pg_control_system()"));
  }

  @Test
  void stopsAtTheTimeThatIsAskedFor() throws Exception {
    execute(postgres, "INSERT INTO kept VALUES (-1, 'wanted')");
    Instant time = Instant.parse(value(postgres, "SELECT to_json(clock_timestamp())#>>'{}'"));
    execute(postgres, "INSERT INTO kept VALUES (-2, 'not wanted')");
    postgres.kill();
    Path before = Files.move(postgres.data(), folder.resolve("before"));

    recover(before.resolve("pg_wal"), time);

    assertThat(value(postgres, "SELECT min(n) FROM kept")).isEqualTo("-1");
  }

  @Test
  void saysThatATimeWasNotReached() throws Exception {
    postgres.kill();
    Path before = Files.move(postgres.data(), folder.resolve("before"));

    assertThatThrownBy(
            () -> recover(before.resolve("pg_wal"), Instant.now().plus(Duration.ofDays(1))))
        .isInstanceOf(PartException.class)
        .hasMessageContaining("recovery ended before configured recovery target was reached");
  }

  private void recover(Path left, Instant until) throws IOException {
    try (Stream<Path> paths = Files.walk(folder.resolve("backup"))) {
      for (Path path : paths.toList()) {
        Files.copy(
            path, postgres.data().resolve(folder.resolve("backup").relativize(path).toString()));
      }
    }
    Files.setPosixFilePermissions(postgres.data(), PosixFilePermissions.fromString("rwx------"));
    postgres.recover(new Recovery(archive, left, until, PATIENCE));
  }

  private long write(AtomicBoolean goOn) {
    long rows = 0;
    try (Connection connection = postgres.superuser().connect();
        Statement statement = connection.createStatement()) {
      while (goOn.get()) {
        statement.execute("INSERT INTO kept VALUES (" + rows++ + ", repeat('x', 500))");
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitArchived(String segment) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(archive.resolve(segment + ".gz")).exists());
  }
}
