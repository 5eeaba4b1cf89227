package dev.nofate.cli.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupChecksTest {

  @TempDir private Path folder;

  @Test
  void theNewestFinishedBackupCounts() throws IOException {
    backup("a", "2026-11-24T01:00:00Z");
    backup("b", "2026-11-25T01:00:00Z");
    Files.createDirectories(folder.resolve("base/c"));
    assertThat(BackupChecks.newest(folder)).hasValue(Instant.parse("2026-11-25T01:00:00Z"));
  }

  @Test
  void aFolderWithoutAFinishedBackupHasNone() throws IOException {
    assertThat(BackupChecks.newest(folder)).isEmpty();
    Files.createDirectories(folder.resolve("base/c"));
    assertThat(BackupChecks.newest(folder)).isEmpty();
  }

  private void backup(String id, String stopped) throws IOException {
    Path base = Files.createDirectories(folder.resolve("base").resolve(id));
    Files.writeString(base.resolve("manifest.json"), "{\"stopped_at\":\"" + stopped + "\"}");
  }
}
