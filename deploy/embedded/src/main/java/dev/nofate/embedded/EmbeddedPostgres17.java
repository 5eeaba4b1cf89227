package dev.nofate.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Postgres 17 server of its own on 127.0.0.1, with the programs out of zonky's jars. The server
 * runs detached: it outlives the process that started it until {@link #stop} is called, perhaps by
 * another process that opened the same folder.
 *
 * <p>Postgres refuses to run as root; there it is started in a user namespace of its own, in which
 * root is nobody.
 */
public final class EmbeddedPostgres17 {

  private static final String SUPERUSER = "postgres";
  private static final String MAJOR = "17";
  private static final String WRONG_PASSWORD = "28P01";
  private static final Duration INIT_TIME = Duration.ofSeconds(60);
  private static final Duration KILL_TIME = Duration.ofSeconds(10);
  private static final int START_SECONDS = 30;
  private static final int STOP_SECONDS = 30;
  private static final int POLL_MILLIS = 100;

  /**
   * How a server is to run.
   *
   * @param folder holds {@code data} and {@code postgres.log}; kept between starts
   * @param programs where the unpacked programs are kept
   * @param port TCP port on 127.0.0.1
   * @param durable fsync, full_page_writes and synchronous_commit on, and the write-ahead log
   *     archived once {@link EmbeddedPostgres17#archiveTo} said where; false only for throw-away
   *     data of tests
   * @param password of the superuser {@code postgres}; fixed when the data folder is made
   */
  public record Settings(Path folder, Path programs, int port, boolean durable, String password) {

    Path data() {
      return folder.resolve("data").toAbsolutePath().normalize();
    }

    Path log() {
      return folder.resolve("postgres.log").toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
      return "Settings[folder=%s, port=%d, durable=%s]".formatted(folder, port, durable);
    }
  }

  private final Settings settings;
  private final Path bin;

  private EmbeddedPostgres17(Settings settings, Path bin) {
    this.settings = settings;
    this.bin = bin;
  }

  /** A server for the folder, running or not. Unpacks the programs when they are not there. */
  public static EmbeddedPostgres17 in(Settings settings) {
    return new EmbeddedPostgres17(settings, PostgresBinaries.unpackBelow(settings.programs()));
  }

  /**
   * Starts the server unless it runs. A server that was killed recovers from its write-ahead log;
   * the lock file it left is removed when no such process lives.
   *
   * @throws PartException with the end of the server's log when it does not accept connections
   *     within 30 s
   */
  public EmbeddedPostgres17 start() {
    if (process().isPresent()) {
      return this;
    }
    Folders.createPrivate(settings.folder());
    if (!Files.exists(settings.data().resolve("PG_VERSION"))) {
      init();
    }
    start(Map.of(), START_SECONDS);
    return this;
  }

  /**
   * Starts the server on a restored data folder and returns when everything there is was replayed
   * and it takes writes.
   *
   * @throws PartException with the end of the server's log when it does not come to that in time
   */
  public void recover(Recovery recovery) {
    if (process().isPresent()) {
      throw new PartException("the server runs already");
    }
    try {
      WalScripts scripts = new WalScripts(settings.folder());
      Files.writeString(scripts.restoreFrom(), recovery.sources());
      Files.writeString(settings.data().resolve("recovery.signal"), "");
      long deadline = System.nanoTime() + recovery.patience().toNanos();
      start(recovery.settings(scripts), (int) Math.max(1, recovery.patience().toSeconds()));
      while (isRecovering()) {
        if (System.nanoTime() > deadline) {
          throw new PartException(
              "the recovery is not over after %d s%n%s"
                  .formatted(recovery.patience().toSeconds(), endOfLog()));
        }
        pause();
      }
    } catch (IOException e) {
      throw new PartException("cannot prepare the recovery: " + e.getMessage(), e);
    }
  }

  /**
   * Starts the server on a copy of a primary's data folder ({@link OnlineBackup}), as the hot
   * standby that streams from it, and returns when it takes reads.
   *
   * @param primary the way in of a login that may replicate
   * @param name what {@code synchronous_standby_names} of the primary calls it
   */
  public void follow(DatabaseUrl primary, String name) {
    StandbyFiles.write(settings.data(), primary, name);
    start(Map.of(), START_SECONDS);
  }

  /** Makes a standby a primary, and returns when it takes writes. */
  public void promote() {
    Command.runOrFail(
        control("promote", "--wait", "--timeout=" + START_SECONDS),
        Duration.ofSeconds(START_SECONDS + 10));
  }

  /** Where finished segments of the write-ahead log are kept from now on. */
  public void archiveTo(Path folder) {
    try {
      Path file = new WalScripts(settings.folder()).archiveTo();
      Path fresh = file.resolveSibling("archive-to.new");
      Files.writeString(fresh, folder.toAbsolutePath().normalize().toString());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new PartException("cannot say where to archive: " + e.getMessage(), e);
    }
  }

  /** The data folder. */
  public Path data() {
    return settings.data();
  }

  private boolean isRecovering() {
    if (process().isEmpty()) {
      throw new PartException("Postgres ended while it recovered:\n" + endOfLog());
    }
    try (Connection connection = superuser().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_is_in_recovery()")) {
      rows.next();
      return rows.getBoolean(1);
    } catch (SQLException e) {
      if (WRONG_PASSWORD.equals(e.getSQLState())) {
        throw new PartException("the restored data has another superuser's password", e);
      }
      return true;
    }
  }

  private void start(Map<String, String> more, int seconds) {
    refuseOtherMajor();
    try {
      Files.deleteIfExists(settings.data().resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new PartException("cannot remove the lock file of a dead server: " + e.getMessage(), e);
    }
    Command.Result started =
        Command.run(startCommand(more, seconds), Duration.ofSeconds(seconds + 10L));
    if (started.exitCode() != 0) {
      throw new PartException("Postgres did not start: " + started.output() + "\n" + endOfLog());
    }
  }

  /**
   * Fast shutdown: open transactions are rolled back, a checkpoint is written. Nothing happens when
   * it is down.
   */
  public void stop() {
    stop("fast");
  }

  /** Ends at once, without a checkpoint: for data that nobody wants any more. */
  public void abort() {
    stop("immediate");
  }

  /** Ends every process of the server at once, as a power cut would. */
  public void kill() {
    ProcessHandle postmaster =
        process().orElseThrow(() -> new PartException("the server does not run"));
    List<ProcessHandle> processes =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : processes) {
      if (!OwnProcess.waitForEnd(process, KILL_TIME)) {
        throw new PartException("process " + process.pid() + " outlives its end");
      }
    }
  }

  /** The postmaster, if it runs. */
  public Optional<ProcessHandle> process() {
    Path lock = settings.data().resolve("postmaster.pid");
    try {
      List<String> lines = Files.readAllLines(lock, StandardCharsets.UTF_8);
      return lines.isEmpty()
          ? Optional.empty()
          : OwnProcess.find(Long.parseLong(lines.get(0).strip()), settings.data());
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** {@code postgresql://postgres:…@127.0.0.1:port/postgres}. */
  public DatabaseUrl superuser() {
    return new DatabaseUrl(
        SUPERUSER, settings.password(), "127.0.0.1", settings.port(), "postgres");
  }

  private void init() {
    Path password = settings.folder().resolve("superuser.password");
    try {
      Folders.delete(settings.data());
      Files.deleteIfExists(password);
      Files.createFile(
          password,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, settings.password());
      List<String> words = new ArrayList<>(userNamespace());
      words.addAll(
          List.of(
              bin.resolve("initdb").toString(),
              "--pgdata=" + settings.data(),
              "--username=" + SUPERUSER,
              "--pwfile=" + password.toAbsolutePath(),
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8"));
      if (!settings.durable()) {
        words.add("--no-sync");
      }
      Command.runOrFail(words, INIT_TIME);
    } catch (IOException e) {
      throw new PartException(
          "cannot prepare the data folder " + settings.data() + ": " + e.getMessage(), e);
    } finally {
      password.toFile().delete();
    }
  }

  private List<String> startCommand(Map<String, String> more, int seconds) {
    String durable = settings.durable() ? "on" : "off";
    Map<String, String> values = new LinkedHashMap<>();
    values.put("port", String.valueOf(settings.port()));
    values.put("listen_addresses", "127.0.0.1");
    values.put("unix_socket_directories", "");
    values.put("max_connections", "200");
    values.put("fsync", durable);
    values.put("full_page_writes", durable);
    values.put("synchronous_commit", durable);
    values.put("timezone", "UTC");
    values.put("log_timezone", "UTC");
    if (settings.durable()) {
      values.put("archive_mode", "on");
      values.put("archive_command", new WalScripts(settings.folder()).archiveCommand());
    }
    values.putAll(more);
    StringBuilder options = new StringBuilder();
    values.forEach(
        (name, value) ->
            options.append("-c ").append(name).append("='").append(value).append("' "));
    return control(
        "start",
        "--log=" + settings.log(),
        "--options=" + options,
        "--wait",
        "--timeout=" + seconds);
  }

  private void stop(String mode) {
    Optional<ProcessHandle> postmaster = process();
    if (postmaster.isEmpty()) {
      return;
    }
    Command.run(
        control("stop", "--mode=" + mode, "--wait", "--timeout=" + STOP_SECONDS),
        Duration.ofSeconds(STOP_SECONDS + 10));
    if (postmaster.get().isAlive()) {
      postmaster.get().destroyForcibly();
      OwnProcess.waitForEnd(postmaster.get(), Duration.ofSeconds(5));
    }
  }

  private List<String> control(String verb, String... more) {
    List<String> words = new ArrayList<>(userNamespace());
    words.addAll(List.of(bin.resolve("pg_ctl").toString(), verb, "--pgdata=" + settings.data()));
    words.addAll(List.of(more));
    return words;
  }

  private void refuseOtherMajor() {
    try {
      String found = Files.readString(settings.data().resolve("PG_VERSION")).strip();
      if (!found.equals(MAJOR)) {
        throw new PartException(
            "the data in %s is of Postgres %s, this server is %s"
                .formatted(settings.data(), found, MAJOR));
      }
    } catch (IOException e) {
      throw new PartException(
          "cannot read the version of " + settings.data() + ": " + e.getMessage(), e);
    }
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(settings.log(), StandardCharsets.UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return "(no log in " + settings.log() + ")";
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartException("interrupted while Postgres recovered", e);
    }
  }

  private static List<String> userNamespace() {
    return System.getProperty("user.name").equals("root")
        ? List.of("unshare", "--user")
        : List.of();
  }
}
