package dev.nofate.cli.stack;

import dev.nofate.cli.CommandFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Waits until parts answer that they are ready, and tells how it goes. */
final class Readiness {

  private static final long POLL_MILLIS = 200;
  private static final long NEWS_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final Home home;
  private final PrintWriter out;

  Readiness(Home home, PrintWriter out) {
    this.home = home;
    this.out = out;
  }

  /**
   * A part that is awaited.
   *
   * @param process which runs it
   * @param ready says whether it is
   */
  record Awaited(ProcessHandle process, BooleanSupplier ready) {}

  /**
   * Returns when all are ready.
   *
   * @throws CommandFailure with the reason from the log when a process ends, or when time is over
   */
  void await(Map<String, Awaited> parts, Duration atMost) {
    long start = System.nanoTime();
    long nextNews = start + NEWS_EVERY_NANOS;
    Map<String, Awaited> missing = new LinkedHashMap<>(parts);
    while (!missing.isEmpty()) {
      missing.entrySet().removeIf(part -> isReady(part.getKey(), part.getValue(), start));
      if (System.nanoTime() - start > atMost.toNanos() && !missing.isEmpty()) {
        String part = missing.keySet().iterator().next();
        throw failure(part, "is not ready after %d s".formatted(atMost.toSeconds()));
      }
      if (System.nanoTime() > nextNews && !missing.isEmpty()) {
        out.printf("  … waiting for %s%n", String.join(", ", missing.keySet()));
        out.flush();
        nextNews += NEWS_EVERY_NANOS;
      }
      pause();
    }
  }

  private boolean isReady(String name, Awaited part, long start) {
    if (!part.process().isAlive()) {
      throw failure(name, "ended while it was starting");
    }
    if (!part.ready().getAsBoolean()) {
      return false;
    }
    out.printf("  %-16s ready after %.1f s%n", name, (System.nanoTime() - start) / 1e9);
    out.flush();
    return true;
  }

  private CommandFailure failure(String part, String what) {
    return new CommandFailure(
        "%s %s. From %s:%n%s".formatted(part, what, home.log(part), LogReason.in(home.log(part))));
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while waiting for the services", e);
    }
  }
}
