package dev.nofate.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server of its own on 127.0.0.1 with the program out of codemonstur's jar. It persists
 * nothing: Redis holds only what can be lost. Like {@link EmbeddedPostgres17} it runs detached
 * until {@link #stop}.
 */
public final class EmbeddedRedis {

  private static final Duration START_TIME = Duration.ofSeconds(30);
  private static final int POLL_MILLIS = 50;

  private final Path folder;
  private final Path programs;
  private final int port;

  private EmbeddedRedis(Path folder, Path programs, int port) {
    this.folder = folder.toAbsolutePath().normalize();
    this.programs = programs;
    this.port = port;
  }

  /** A server for the folder (its pid file and log), running or not. */
  public static EmbeddedRedis in(Path folder, Path programs, int port) {
    return new EmbeddedRedis(folder, programs, port);
  }

  /**
   * Starts it unless it runs.
   *
   * @throws PartException when it does not answer PING within 30 s
   */
  public EmbeddedRedis start() {
    if (process().isPresent()) {
      return this;
    }
    Folders.createPrivate(folder);
    try {
      Files.deleteIfExists(pidFile());
    } catch (IOException e) {
      throw new PartException("cannot remove the pid file of a dead Redis: " + e.getMessage(), e);
    }
    Command.runOrFail(
        List.of(
            program().toString(),
            folderMark().toString(),
            "--port",
            String.valueOf(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.toString(),
            "--pidfile",
            pidFile().toString(),
            "--logfile",
            folder.resolve("redis.log").toString(),
            "--maxmemory",
            "128mb",
            "--daemonize",
            "yes"),
        START_TIME);
    waitForPong();
    return this;
  }

  /** Ends it; nothing happens when it is down. */
  public void stop() {
    process().ifPresent(handle -> OwnProcess.end(handle, Duration.ofSeconds(10)));
  }

  /** The server, if it runs. */
  public Optional<ProcessHandle> process() {
    try {
      long pid = Long.parseLong(Files.readString(pidFile()).strip());
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(EmbeddedRedis::isRedis);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** {@code redis://127.0.0.1:port}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  private static boolean isRedis(ProcessHandle handle) {
    return handle.info().command().filter(command -> command.contains("redis-server")).isPresent();
  }

  private Path pidFile() {
    return folder.resolve("redis.pid");
  }

  /**
   * The configuration file; its path on the command line also marks the process as this folder's.
   */
  private Path folderMark() {
    try {
      return Files.writeString(folder.resolve("redis.conf"), "save \"\"\nappendonly no\n");
    } catch (IOException e) {
      throw new PartException("cannot write the Redis configuration: " + e.getMessage(), e);
    }
  }

  private Path program() {
    Path program = programs.resolve("redis-server");
    if (Files.isExecutable(program)) {
      return program;
    }
    try {
      Files.createDirectories(programs);
      Path unpacked = Files.createTempDirectory(programs, "unpacking-");
      Path fresh = ExecutableProvider.newJarResourceProvider(unpacked.toFile()).get().toPath();
      Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
      Folders.delete(unpacked);
      return program;
    } catch (IOException e) {
      throw new PartException("cannot unpack Redis: " + e.getMessage(), e);
    }
  }

  private void waitForPong() {
    long deadline = System.nanoTime() + START_TIME.toNanos();
    while (!answersPing() || process().isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new PartException("Redis does not answer on " + url());
      }
      pause();
    }
  }

  /** Whether it answers PING within a second. */
  public boolean answersPing() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      OutputStream out = socket.getOutputStream();
      out.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartException("interrupted while waiting for Redis", e);
    }
  }
}
