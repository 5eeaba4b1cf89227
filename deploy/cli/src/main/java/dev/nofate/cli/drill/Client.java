package dev.nofate.cli.drill;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.demo.Patience;
import dev.nofate.cli.load.LoadRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A tenant's program that evaluates without pause and remembers everything it was answered. */
final class Client {

  /** So that a drill, however long, compares a number of answers that it can. */
  private static final int MOST_ANSWERS = 20_000;

  private static final String FORWARD = "/v1/evaluations/forward";
  private static final int OK = 200;

  /**
   * An answer that arrived.
   *
   * @param key idempotency key
   * @param body of the request
   * @param id of the evaluation
   * @param text of the answer
   * @param at when it had arrived
   */
  record Answered(String key, String body, String id, String text, Instant at) {}

  private final ApiClient api;
  private final ExecutorService callers;
  private final AtomicBoolean goOn = new AtomicBoolean(true);
  private final ConcurrentLinkedQueue<Answered> answers = new ConcurrentLinkedQueue<>();
  private final List<Future<?>> running = new ArrayList<>();

  Client(ApiClient api, int callers) {
    this.api = api;
    this.callers = Executors.newFixedThreadPool(callers);
    for (int i = 0; i < callers; i++) {
      running.add(this.callers.submit(this::call));
    }
  }

  private void call() {
    LoadRequest requests = new LoadRequest(Clock.systemUTC());
    while (goOn.get() && answers.size() < MOST_ANSWERS) {
      String key = UUID.randomUUID().toString();
      String body = new String(requests.body(), StandardCharsets.UTF_8);
      try {
        ApiClient.Answer answer = evaluate(key, body);
        if (answer.status() == OK) {
          String id = answer.json().path("evaluation_id").asText();
          answers.add(new Answered(key, body, id, answer.text(), Instant.now()));
        }
      } catch (CommandFailure e) {
        // The disaster: whatever was under way was not acknowledged.
        if (!goOn.get()) {
          return;
        }
      }
    }
  }

  /** Evaluates. */
  ApiClient.Answer evaluate(String key, String body) {
    return api.post(FORWARD, body, Map.of("Idempotency-Key", key));
  }

  /** Returns once so many were answered. */
  void untilAnswered(int count, Duration patience) {
    Patience.until(
        count + " evaluations", patience, () -> answers.size(), answered -> answered >= count);
  }

  /** No request begins after this. */
  void stop() {
    goOn.set(false);
    callers.shutdown();
  }

  /** Everything that was answered, in order of arrival. */
  List<Answered> end() {
    stop();
    for (Future<?> caller : running) {
      try {
        caller.get(1, TimeUnit.MINUTES);
      } catch (ExecutionException | TimeoutException e) {
        throw new CommandFailure("a caller did not end: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("interrupted", e);
      }
    }
    return answers.stream().sorted(Comparator.comparing(Answered::at)).toList();
  }

  /** Whether the stored evaluation is the answered one, byte for byte; false when it is gone. */
  boolean isStored(Answered answered) {
    ApiClient.Answer stored = api.get("/v1/evaluations/" + answered.id());
    if (stored.status() == OK && !stored.text().equals(answered.text())) {
      throw new CommandFailure("evaluation " + answered.id() + " is stored with other bytes");
    }
    return stored.status() == OK;
  }
}
