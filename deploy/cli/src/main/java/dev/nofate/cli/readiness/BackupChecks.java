package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Databases.value;
import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.verified;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * When the last backup was made: told by the folder that {@code nofate backup} writes to ({@code
 * BACKUP_FOLDER}), or by Prometheus where CloudNativePG makes backups.
 */
final class BackupChecks implements Register.Family {

  /** A day, and what a backup itself may take. */
  static final Duration OLDEST = Duration.ofHours(26);

  private static final int OK = 200;
  private static final String METRIC =
      "max(barman_cloud_cloudnative_pg_io_last_available_backup_timestamp)";

  private final Deployment deployment;
  private final Databases databases;
  private final Http http;
  private final Supplier<Instant> last;

  BackupChecks(Deployment deployment, Databases databases, Http http) {
    this.deployment = deployment;
    this.databases = databases;
    this.http = http;
    this.last = Once.of(this::lastBackup);
  }

  @Override
  public void enter(Register register) {
    register.line("backups", this::age).line("backups-running", this::running);
  }

  private Outcome age() {
    Instant made = last.get();
    Duration age = Duration.between(made, Instant.now());
    return age.compareTo(OLDEST) <= 0
        ? verified("The last backup was finished at %s, %d minutes ago.", made, age.toMinutes())
        : failed("The last backup was finished at %s, %d hours ago.", made, age.toHours());
  }

  /** Between two backups the log of changes is kept: its archive is not behind. */
  private Outcome running() {
    Outcome age = age();
    if (!(age instanceof Outcome.Verified)) {
      return age;
    }
    return databases.as(
        Settings.AUDIT,
        connection -> {
          String mode = value(connection, "SHOW archive_mode");
          String failing =
              value(
                  connection,
                  "SELECT last_failed_wal FROM pg_stat_archiver WHERE last_failed_time >"
                      + " coalesce(last_archived_time, '-infinity')");
          return failing == null
              ? verified("%s Archiving of the log of changes: %s, no failure.", age.says(), mode)
              : failed("Archiving of the log of changes fails at %s.", failing);
        });
  }

  private Instant lastBackup() {
    Path folder =
        deployment
            .settings()
            .any("BACKUP_FOLDER")
            .map(Path::of)
            .orElse(deployment.state().resolve("backups"));
    if (deployment.settings().any("BACKUP_FOLDER").isPresent() || deployment.stack()) {
      return newest(folder)
          .orElseThrow(
              () ->
                  new dev.nofate.cli.CommandFailure(
                      "No finished backup was found in " + folder + "."));
    }
    String base =
        deployment
            .settings()
            .any("PROMETHEUS_URL")
            .orElseThrow(
                () -> new OutOfReach("Neither BACKUP_FOLDER nor PROMETHEUS_URL is given (--env)."))
            .replaceAll("/$", "");
    JsonNode result =
        http.get(base + "/api/v1/query?query=" + METRIC, java.util.Map.of())
            .expect(OK, "Prometheus' /api/v1/query")
            .json()
            .at("/data/result/0/value/1");
    if (result.isMissingNode()) {
      throw new OutOfReach("Prometheus knows no time of a backup (%s).", METRIC);
    }
    return Instant.ofEpochSecond((long) Double.parseDouble(result.asText()));
  }

  /**
   * When the newest finished backup of a folder was done; one without a manifest is not finished.
   */
  static Optional<Instant> newest(Path folder) {
    Path base = folder.resolve("base");
    if (!Files.isDirectory(base)) {
      return Optional.empty();
    }
    Optional<Instant> newest = Optional.empty();
    try (Stream<Path> each = Files.list(base)) {
      for (Path manifest : each.map(backup -> backup.resolve("manifest.json")).toList()) {
        if (Files.isRegularFile(manifest)) {
          String text = Json.MAPPER.readTree(manifest.toFile()).path("stopped_at").asText();
          Instant stopped = Instant.parse(text);
          newest = newest.filter(it -> it.isAfter(stopped)).or(() -> Optional.of(stopped));
        }
      }
      return newest;
    } catch (IOException e) {
      throw new dev.nofate.cli.CommandFailure("The backups in " + folder + " are not readable.", e);
    }
  }
}
