package dev.nofate.kit.rhythm;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does a piece of work every so often, on a thread of its own and never twice at once. A plain
 * thread instead of a scheduler of the framework: at the end of the process nothing of it starts
 * any more once {@link #end} was called, while a framework's trigger may still fire when the beans
 * it needs are gone.
 */
public final class Rhythm {

  private static final Logger LOG = Logger.getLogger(Rhythm.class);

  private final Thread thread;
  private final long everyNanos;
  private final Runnable work;
  private final CountDownLatch ending = new CountDownLatch(1);

  /**
   * @param name of the thread
   * @param every time from one start to the next; work that takes longer delays the next start
   * @param work what it throws is logged, and does not end the rhythm
   */
  public Rhythm(String name, Duration every, Runnable work) {
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException(name + ": the time between two starts is not positive");
    }
    this.everyNanos = every.toNanos();
    this.work = work;
    this.thread = new Thread(this::live, name);
    thread.setDaemon(true);
  }

  /** Starts at once. */
  public void start() {
    thread.start();
  }

  /**
   * Starts nothing any more, and waits for what is under way.
   *
   * @return whether it ended in time
   */
  public boolean end(Duration patience) throws InterruptedException {
    ending.countDown();
    thread.join(Math.max(1, patience.toMillis()));
    return !thread.isAlive();
  }

  private void live() {
    try {
      long wait = 0;
      while (!ending.await(wait, TimeUnit.NANOSECONDS)) {
        long start = System.nanoTime();
        once();
        wait = Math.max(0, everyNanos - (System.nanoTime() - start));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void once() {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warnf(e, "%s failed", thread.getName());
    }
  }
}
