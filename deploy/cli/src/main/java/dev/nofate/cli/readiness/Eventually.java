package dev.nofate.cli.readiness;

import dev.nofate.cli.CommandFailure;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks until an answer is the wanted one, for a bounded time. */
final class Eventually {

  private static final long POLL_MILLIS = 250;

  private Eventually() {}

  /**
   * The wanted answer.
   *
   * @throws CommandFailure naming what was awaited, when time is over
   */
  static <T> T see(String what, Duration atMost, Supplier<T> question, Predicate<T> wanted) {
    long deadline = System.nanoTime() + atMost.toNanos();
    T answer = question.get();
    while (!wanted.test(answer)) {
      if (System.nanoTime() > deadline) {
        throw new CommandFailure(
            "%s was not seen within %d s.".formatted(what, atMost.toSeconds()));
      }
      pause(what);
      answer = question.get();
    }
    return answer;
  }

  private static void pause(String what) {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(what + ": interrupted.", e);
    }
  }
}
