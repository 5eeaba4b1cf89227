package dev.nofate.cli.stack;

import dev.nofate.cli.CommandFailure;
import dev.nofate.embedded.OwnProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JVM or native executable of the stack that outlives the command which started it. Its command
 * line carries the state folder as a system property, which is how later commands know it for their
 * own; a launch file remembers what it was started with, so that a changed setting or a rebuilt
 * program leads to a restart and nothing else does.
 *
 * @param home the state folder
 * @param part name of the part; also of its log
 * @param program the java program or the native executable; both take system properties
 * @param command arguments behind the ones every part gets
 * @param variables the process's environment besides a few inherited variables
 * @param version changes when the program changes
 */
record JavaProcess(
    Home home,
    String part,
    Path program,
    List<String> command,
    Map<String, String> variables,
    String version) {

  private static final Set<String> INHERITED = Set.of("PATH", "HOME", "USER", "LANG", "TMPDIR");
  private static final Duration END_PATIENCE = Duration.ofSeconds(15);

  /**
   * What a part was started with.
   *
   * @param pid process id
   * @param fingerprint digest of command, environment and version
   */
  record Launch(long pid, String fingerprint) {}

  /** The system property that marks a JVM of this state folder. */
  static String mark(Home home) {
    return "-Dnofate.home=" + home.folder();
  }

  /** The java program that runs this command. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The part's process, if it runs. */
  static Optional<ProcessHandle> find(Home home, String part) {
    return StateFile.read(home.launchFile(part), Launch.class)
        .flatMap(launch -> OwnProcess.find(launch.pid(), home.folder()));
  }

  /** Whether it runs with exactly these settings. */
  boolean isCurrent() {
    return find(home, part).isPresent()
        && StateFile.read(home.launchFile(part), Launch.class)
            .filter(launch -> launch.fingerprint().equals(fingerprint()))
            .isPresent();
  }

  /** Ends the parts that run, all at the same time: SIGTERM, 15 s, SIGKILL. */
  static void end(Home home, List<String> parts) {
    parts.forEach(part -> find(home, part).ifPresent(ProcessHandle::destroy));
    for (String part : parts) {
      find(home, part).ifPresent(handle -> OwnProcess.end(handle, END_PATIENCE));
      home.launchFile(part).toFile().delete();
    }
  }

  /** Starts it; the log of the run before is kept as {@code <part>.log.1}. */
  ProcessHandle start() {
    List<String> words = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      words.add("/usr/bin/setsid");
    }
    words.add(program.toString());
    words.add(mark(home));
    words.add("-Dnofate.part=" + part);
    words.addAll(command);
    Path log = home.log(part);
    try {
      if (Files.exists(log)) {
        Path before = log.resolveSibling(log.getFileName() + ".1");
        Files.move(log, before, StandardCopyOption.REPLACE_EXISTING);
      }
      ProcessBuilder builder = new ProcessBuilder(words).directory(home.folder().toFile());
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.environment().keySet().retainAll(INHERITED);
      builder.environment().putAll(variables);
      Process process = builder.start();
      StateFile.write(home.launchFile(part), new Launch(process.pid(), fingerprint()));
      return process.toHandle();
    } catch (IOException e) {
      throw new CommandFailure("cannot start " + part + ": " + e.getMessage(), e);
    }
  }

  private String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String all = program + "\n" + String.join("\n", command) + "\n" + variables + "\n" + version;
      return HexFormat.of().formatHex(digest.digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
