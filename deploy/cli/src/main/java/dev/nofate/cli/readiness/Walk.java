package dev.nofate.cli.readiness;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.readiness.Checklist.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Goes through the checklist, one line after the other, and waits for none longer than allowed. */
final class Walk {

  private final Register register;
  private final Duration patience;

  /**
   * A walk.
   *
   * @param patience how long a single line may take
   */
  Walk(Register register, Duration patience) {
    this.register = register;
    this.patience = patience;
  }

  /**
   * Looks at every line.
   *
   * @param news hears of each line when it was looked at
   */
  List<Finding> over(Checklist checklist, Consumer<Finding> news) {
    ExecutorService executor = Executors.newCachedThreadPool(Walk::daemon);
    try {
      List<Finding> findings = new ArrayList<>();
      for (Line line : checklist.lines()) {
        Finding finding = new Finding(line, look(executor, register.check(line)));
        findings.add(finding);
        news.accept(finding);
      }
      return List.copyOf(findings);
    } finally {
      executor.shutdownNow();
    }
  }

  private Outcome look(ExecutorService executor, Register.Check check) {
    Future<Outcome> future = executor.submit(check::look);
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      return Outcome.failed("The check was not done after %d s.", patience.toSeconds());
    } catch (ExecutionException e) {
      return outcomeOf(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted in the middle of the checklist", e);
    }
  }

  private static Outcome outcomeOf(Throwable failure) {
    if (failure instanceof OutOfReach) {
      return new Outcome.NotObservable(failure.getMessage());
    }
    if (failure instanceof CommandFailure) {
      return new Outcome.Failed(failure.getMessage());
    }
    return new Outcome.Failed(
        "The check broke off: " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "readiness");
    thread.setDaemon(true);
    return thread;
  }
}
