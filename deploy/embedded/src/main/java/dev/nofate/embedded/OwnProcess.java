package dev.nofate.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * A process that we started, possibly in an earlier life. Process ids are reused, so a number from
 * a file counts only while the process's command line still names our folder.
 */
public final class OwnProcess {

  private OwnProcess() {}

  /** The running process with this id, if its command line carries the folder's path. */
  public static Optional<ProcessHandle> find(long pid, Path folder) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> names(handle, folder));
  }

  /**
   * Whether the command line carries the folder's absolute path, or the path of something inside
   * it.
   */
  public static boolean names(ProcessHandle handle, Path folder) {
    String path = Pattern.quote(folder.toAbsolutePath().normalize().toString());
    Pattern mention = Pattern.compile("(^|[\\s=])" + path + "($|[\\s/])");
    return handle.info().commandLine().filter(line -> mention.matcher(line).find()).isPresent();
  }

  /** Asks it to end (SIGTERM), waits, and ends it (SIGKILL) when it has not followed. */
  public static void end(ProcessHandle handle, Duration patience) {
    handle.destroy();
    if (!waitForEnd(handle, patience)) {
      handle.destroyForcibly();
      waitForEnd(handle, Duration.ofSeconds(5));
    }
  }

  /** Whether it ended within the time. */
  public static boolean waitForEnd(ProcessHandle handle, Duration atMost) {
    try {
      handle.onExit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new PartException("cannot wait for process " + handle.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PartException("interrupted while waiting for process " + handle.pid(), e);
    }
  }
}
