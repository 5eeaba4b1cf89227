package dev.nofate.embedded;

import static dev.nofate.embedded.Statements.execute;
import static dev.nofate.embedded.Statements.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgres17IT {

  @TempDir private Path folder;
  private EmbeddedPostgres17 postgres;

  @AfterEach
  void stop() {
    postgres.abort();
  }

  @Test
  void dataSurvivesAKilledServerAndANewPort() throws SQLException {
    // Given a durable server with a committed row
    postgres = server(FreePort.any()).start();
    execute(postgres, "CREATE TABLE kept AS SELECT 42 AS answer");
    ProcessHandle killed = postgres.process().orElseThrow();

    // When it is killed and started again elsewhere
    killed.destroyForcibly();
    assertThat(OwnProcess.waitForEnd(killed, Duration.ofSeconds(10))).isTrue();
    assertThat(folder.resolve("data/postmaster.pid")).exists();
    postgres = server(FreePort.any()).start();

    // Then the row is there
    assertThat(value(postgres, "SELECT answer FROM kept")).isEqualTo("42");
  }

  @Test
  void runsDurablyOnTheLoopbackAlone() throws SQLException {
    postgres = server(FreePort.any()).start();

    assertThat(value(postgres, "SHOW fsync")).isEqualTo("on");
    assertThat(value(postgres, "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(value(postgres, "SHOW full_page_writes")).isEqualTo("on");
    assertThat(value(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(value(postgres, "SHOW max_connections")).isEqualTo("200");
    assertThat(value(postgres, "SHOW server_version")).startsWith("17.");
  }

  @Test
  void startingTwiceAndStoppingTwiceIsHarmless() {
    postgres = server(FreePort.any()).start();
    long pid = postgres.process().orElseThrow().pid();

    assertThat(postgres.start().process().orElseThrow().pid()).isEqualTo(pid);
    postgres.stop();
    postgres.stop();
    assertThat(postgres.process()).isEmpty();
    assertThat(Files.exists(folder.resolve("superuser.password"))).isFalse();
  }

  private EmbeddedPostgres17 server(int port) {
    return EmbeddedPostgres17.in(
        new EmbeddedPostgres17.Settings(
            folder, Folders.programs(), port, true, "it's a \"secret\" / %"));
  }
}
