package dev.nofate.cli.demo;

import dev.nofate.cli.CommandFailure;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for something to become visible, for a bounded time. */
public final class Patience {

  private static final Duration POLL = Duration.ofMillis(250);

  private Patience() {}

  /**
   * Asks until the answer is wanted.
   *
   * @throws CommandFailure naming what was awaited, when time is over
   */
  public static <T> T until(
      String what, Duration atMost, Supplier<T> question, Predicate<T> wanted) {
    long deadline = System.nanoTime() + atMost.toNanos();
    T answer = question.get();
    while (!wanted.test(answer)) {
      if (System.nanoTime() > deadline) {
        throw new CommandFailure(
            "%s: not within %d s; last seen: %s".formatted(what, atMost.toSeconds(), answer));
      }
      pause(POLL, what);
      answer = question.get();
    }
    return answer;
  }

  /**
   * Waits.
   *
   * @param what is awaited, for the message when it is interrupted
   */
  public static void pause(Duration time, String what) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while waiting: " + what, e);
    }
  }
}
