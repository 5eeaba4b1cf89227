package dev.nofate.cli.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processor time of processes and their children, as Linux tells it in /proc. What work costs in
 * processor time does not depend on who else uses the machine, as its duration does.
 *
 * @param processes the roots
 */
record ProcessorTime(List<Long> processes) {

  /** The clock of /proc, the same on every Linux that a JDK runs on. */
  private static final long TICKS_PER_SECOND = 100;

  private static final double MICROS_PER_TICK = 1e6 / TICKS_PER_SECOND;

  /** utime, stime, and both of the children that have ended, in proc_pid_stat(5). */
  private static final int FIRST = 14;

  private static final int LAST = 17;

  /** In microseconds since each of them began; 0 where the system does not tell. */
  double micros() {
    return processes.stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
            .mapToLong(each -> ticks(each.pid()))
            .sum()
        * MICROS_PER_TICK;
  }

  private static long ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      // The name in parentheses may hold blanks; what counts stands behind it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Arrays.stream(fields, FIRST - 3, LAST - 2).mapToLong(Long::parseLong).sum();
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }
}
