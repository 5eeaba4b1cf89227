package dev.nofate.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Postgres, Redis and keys for the tests of one JVM, in a temporary folder that goes with it. Their
 * addresses stand in system properties, because test frameworks load this class more than once in a
 * JVM, and the parts exist once.
 */
final class TestParts {

  private static final String PREFIX = "nofate-test-parts-";
  private static final String FOLDER = "nofate.test.folder";
  private static final String POSTGRES_PORT = "nofate.test.postgres-port";
  private static final String REDIS_PORT = "nofate.test.redis-port";
  private static final String PASSWORD = "test-only";

  private TestParts() {}

  /** Starts the parts unless this JVM has them. */
  static void start() {
    synchronized (Runtime.getRuntime()) {
      if (System.getProperty(FOLDER) == null) {
        sweep();
        begin();
      }
    }
  }

  static Path folder() {
    start();
    return Path.of(System.getProperty(FOLDER));
  }

  /** The superuser's way into the suite's database. */
  static DatabaseUrl superuser() {
    start();
    int port = Integer.getInteger(POSTGRES_PORT);
    return new DatabaseUrl("postgres", PASSWORD, "127.0.0.1", port, Bootstrap.DATABASE);
  }

  static DatabaseUrl login(String name) {
    return superuser().withLogin(name, password(name));
  }

  static String redisUrl() {
    start();
    return "redis://127.0.0.1:" + System.getProperty(REDIS_PORT);
  }

  private static String password(String login) {
    return PASSWORD + "-" + login;
  }

  private static void begin() {
    Path folder =
        Folders.createPrivate(
            temporary().resolve(PREFIX + ProcessHandle.current().pid() + "-" + System.nanoTime()));
    Path programs = Folders.programs();
    EmbeddedPostgres17 postgres = postgres(folder, programs, FreePort.any());
    int redisPort = FreePort.any();
    EmbeddedRedis redis = EmbeddedRedis.in(folder.resolve("redis"), programs, redisPort);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(folder, postgres, redis)));
    postgres.start();
    redis.start();
    Bootstrap.run(postgres.superuser(), Logins.of(TestParts::password));
    ServiceKeys.in(folder.resolve("keys"));
    System.setProperty(POSTGRES_PORT, String.valueOf(postgres.superuser().port()));
    System.setProperty(REDIS_PORT, String.valueOf(redisPort));
    System.setProperty(FOLDER, folder.toString());
  }

  private static EmbeddedPostgres17 postgres(Path folder, Path programs, int port) {
    return EmbeddedPostgres17.in(
        new EmbeddedPostgres17.Settings(
            folder.resolve("postgres"), programs, port, false, PASSWORD));
  }

  private static void end(Path folder, EmbeddedPostgres17 postgres, EmbeddedRedis redis) {
    redis.stop();
    postgres.abort();
    remove(folder);
  }

  /**
   * A killed test JVM leaves its servers and its folder behind: they are ended and removed by the
   * next one.
   */
  private static void sweep() {
    try (Stream<Path> entries = Files.list(temporary())) {
      entries.filter(TestParts::isAbandoned).toList().forEach(TestParts::clean);
    } catch (IOException e) {
      throw new PartException("cannot look for leftovers in " + temporary(), e);
    }
  }

  private static boolean isAbandoned(Path entry) {
    String name = entry.getFileName().toString();
    if (!name.startsWith(PREFIX) || !Files.isWritable(entry)) {
      return false;
    }
    String owner = name.substring(PREFIX.length()).replaceFirst("-.*", "");
    return !owner.matches("[0-9]{1,18}") || ProcessHandle.of(Long.parseLong(owner)).isEmpty();
  }

  private static void clean(Path folder) {
    ProcessHandle.allProcesses()
        .filter(handle -> OwnProcess.names(handle, folder))
        .forEach(ProcessHandle::destroyForcibly);
    remove(folder);
  }

  private static void remove(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      System.err.println("cannot remove " + folder + ": " + e.getMessage());
    }
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }
}
