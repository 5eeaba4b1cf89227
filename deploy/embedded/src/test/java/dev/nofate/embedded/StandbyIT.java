package dev.nofate.embedded;

import static dev.nofate.embedded.Statements.execute;
import static dev.nofate.embedded.Statements.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandbyIT {

  private static final String READ_ONLY = "25006";

  @TempDir private Path folder;
  private EmbeddedPostgres17 primary;
  private EmbeddedPostgres17 standby;

  @AfterEach
  void stop() {
    primary.abort();
    standby.abort();
  }

  @Test
  void hasEveryCommitOfAKilledPrimaryAndTakesWritesOncePromoted() throws Exception {
    // Given a primary whose commits wait for a standby
    primary = server("primary").start();
    standby = server("standby");
    primary.archiveTo(Files.createDirectory(folder.resolve("archive")));
    Files.createDirectory(folder.resolve("standby"));
    OnlineBackup.take(primary.superuser(), primary.data(), standby.data(), Duration.ofSeconds(60));
    standby.follow(primary.superuser(), "it's a \\ name");
    execute(primary, "ALTER SYSTEM SET synchronous_standby_names = '\"it''s a \\ name\"'");
    execute(primary, "SELECT pg_reload_conf()");
    awaitSynchronous();
    execute(primary, "CREATE TABLE kept AS SELECT 42 AS answer");
    assertThatThrownBy(() -> execute(standby, "CREATE TABLE refused (n int)"))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo(READ_ONLY));

    // When the primary is gone
    primary.kill();
    assertThat(primary.process()).isEmpty();
    standby.promote();

    // Then the standby has it all and goes on
    execute(standby, "INSERT INTO kept VALUES (43)");
    assertThat(value(standby, "SELECT string_agg(answer::text, ' ' ORDER BY answer) FROM kept"))
        .isEqualTo("42 43");
  }

  private void awaitSynchronous() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        value(
                            primary,
                            "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"))
                    .isEqualTo("1"));
  }

  private EmbeddedPostgres17 server(String name) {
    return EmbeddedPostgres17.in(
        new EmbeddedPostgres17.Settings(
            folder.resolve(name),
            Folders.programs(),
            FreePort.any(),
            true,
            "it's a \"secret\" \\ / %"));
  }
}
