package dev.nofate.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short-lived program to its end, bounded in time, and keeps what it printed. */
final class Command {

  private static final int SHOWN_CHARACTERS = 2_000;

  private Command() {}

  record Result(int exitCode, String output) {}

  /**
   * Output goes through a file, not a pipe: a daemon that the program leaves behind would keep a
   * pipe open.
   *
   * @throws PartException when the program cannot be started or is still running after the time
   */
  static Result run(List<String> words, Duration atMost) {
    Path output = null;
    try {
      output = Files.createTempFile("nofate-command-", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().put("LC_ALL", "C");
      builder.environment().put("TZ", "UTC");
      Process process = builder.start();
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new PartException(
            "%s still ran after %d s: %s".formatted(words.get(0), atMost.toSeconds(), end(output)));
      }
      return new Result(process.exitValue(), end(output));
    } catch (IOException e) {
      throw new PartException("cannot run " + words.get(0) + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartException("interrupted while running " + words.get(0), e);
    } finally {
      delete(output);
    }
  }

  /**
   * As {@link #run}, for a program whose failure has no remedy here.
   *
   * @throws PartException also when the exit code is not 0
   */
  static void runOrFail(List<String> words, Duration atMost) {
    Result result = run(words, atMost);
    if (result.exitCode() != 0) {
      throw new PartException(
          "%s ended with %d: %s".formatted(words.get(0), result.exitCode(), result.output()));
    }
  }

  private static String end(Path output) throws IOException {
    String text = Files.readString(output, StandardCharsets.UTF_8).strip();
    return text.substring(Math.max(0, text.length() - SHOWN_CHARACTERS));
  }

  private static void delete(Path file) {
    if (file != null) {
      file.toFile().delete();
    }
  }
}
