package dev.nofate.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Physical memory of a process and its children, as Linux tells it in /proc. */
final class MemoryUse {

  private static final long KIB_PER_MIB = 1024;

  private MemoryUse() {}

  /** In MiB; memory shared between them is counted once where the system says how much that is. */
  static OptionalLong mib(ProcessHandle process) {
    long kib =
        Stream.concat(Stream.of(process), process.descendants())
            .mapToLong(handle -> kib(handle.pid()))
            .sum();
    return kib == 0 ? OptionalLong.empty() : OptionalLong.of(kib / KIB_PER_MIB);
  }

  private static long kib(long pid) {
    Path folder = Path.of("/proc", String.valueOf(pid));
    long proportional = value(folder.resolve("smaps_rollup"), "Pss:");
    return proportional > 0 ? proportional : value(folder.resolve("status"), "VmRSS:");
  }

  private static long value(Path file, String name) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
