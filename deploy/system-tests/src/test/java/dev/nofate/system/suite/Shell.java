package dev.nofate.system.suite;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs commands as a reader of the documentation would. */
public final class Shell {

  private static final long MINUTES = 6;

  private Shell() {}

  /**
   * What a command did.
   *
   * @param exitCode 0 when it was content
   * @param output what it wrote, errors included
   */
  public record Result(int exitCode, String output) {}

  /** Runs shell commands in a folder, with the state folder of a stack. */
  public static Result run(Path folder, Path home, String commands) {
    try {
      File output = File.createTempFile("shell", ".out");
      ProcessBuilder builder =
          new ProcessBuilder("sh", "-ec", commands)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output);
      builder.environment().put("NOFATE_HOME", home.toString());
      // Settings of the test run are not the reader's.
      builder.environment().remove("MAVEN_OPTS");
      Process process = builder.start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("no end within " + MINUTES + " minutes: " + commands);
      }
      String text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
      Files.delete(output.toPath());
      return new Result(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
