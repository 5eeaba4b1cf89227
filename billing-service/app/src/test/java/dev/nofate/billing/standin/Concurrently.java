package dev.nofate.billing.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The same call from several threads at once. */
public final class Concurrently {

  private static final int PATIENCE_SECONDS = 60;

  private Concurrently() {}

  /** Starts all calls together; answers what each returned. */
  public static <T> List<T> run(int threads, Callable<T> call) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(
            executor.submit(
                () -> {
                  start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                  return call.call();
                }));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> each : calls) {
        answers.add(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } finally {
      executor.shutdownNow();
    }
  }
}
