package dev.nofate.cli.load;

import dev.nofate.cli.CommandFailure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * As many requests under way as the plan says, the next one sent when one is answered. Runs on one
 * event loop, so that the generator takes little of the processor time that the stack is measured
 * on.
 */
final class ClosedLoop {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http;
  private final Load load;
  private final LoadPlan plan;
  private final Latencies latencies = new Latencies();
  private final Map<String, Integer> unexpected = new TreeMap<>();
  private long measureFrom;
  private long end;

  private ClosedLoop(Vertx vertx, Load load, LoadPlan plan) {
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxPoolSize(plan.concurrency())
                .setConnectTimeout((int) REQUEST_TIMEOUT.toMillis()));
    this.load = load;
    this.plan = plan;
  }

  /** What is sent, and what is expected back. Called on one thread. */
  interface Load {

    /** Where everything is sent. */
    String url();

    /** The next request. */
    Request next();

    /** Empty when an answer is the expected one, and else what it was. */
    String judge(int status, Buffer body);
  }

  /**
   * A POST with a JSON body.
   *
   * @param headers beside the content type
   * @param body JSON
   */
  record Request(Map<String, String> headers, byte[] body) {}

  /**
   * What came back.
   *
   * @param latencies of expected answers within the measured time
   * @param unexpected how often something else came, by what it was; warm-up included
   */
  record Answers(Latencies latencies, Map<String, Integer> unexpected) {}

  /** Sends all loads at the same time, each with the plan's concurrency. */
  static List<Answers> run(LoadPlan plan, Load... loads) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    try {
      CompletableFuture<List<Answers>> answers = new CompletableFuture<>();
      vertx.runOnContext(
          start ->
              Future.succeededFuture(loads)
                  .compose(
                      all ->
                          Future.all(
                              Arrays.stream(all)
                                  .map(load -> new ClosedLoop(vertx, load, plan).run())
                                  .toList()))
                  .onSuccess(all -> answers.complete(all.list()))
                  .onFailure(answers::completeExceptionally));
      Duration most = plan.warmUp().plus(plan.duration()).plus(REQUEST_TIMEOUT.multipliedBy(2));
      return answers.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new CommandFailure("the last requests under load were not answered", e);
    } catch (ExecutionException e) {
      throw new CommandFailure("the load failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted under load", e);
    } finally {
      vertx.close();
    }
  }

  /** The same, in figures. */
  static List<Measurement> measure(LoadPlan plan, Load... loads) {
    return run(plan, loads).stream().map(answers -> Measurement.of(answers, plan)).toList();
  }

  private Future<Answers> run() {
    measureFrom = System.nanoTime() + plan.warmUp().toNanos();
    end = measureFrom + plan.duration().toNanos();
    List<Future<Void>> loops = new ArrayList<>();
    for (int i = 0; i < plan.concurrency(); i++) {
      Promise<Void> loop = Promise.promise();
      next(loop);
      loops.add(loop.future());
    }
    return Future.all(loops)
        .compose(done -> http.close())
        .map(closed -> new Answers(latencies, unexpected));
  }

  private void next(Promise<Void> loop) {
    long sent = System.nanoTime();
    if (sent >= end) {
      loop.complete();
      return;
    }
    Request request;
    try {
      request = load.next();
    } catch (RuntimeException e) {
      loop.fail(e);
      return;
    }
    send(request)
        .onComplete(
            outcome -> {
              long answered = System.nanoTime();
              String found =
                  outcome.succeeded()
                      ? outcome.result()
                      : outcome.cause().getClass().getSimpleName();
              if (!found.isEmpty()) {
                unexpected.merge(found, 1, Integer::sum);
              } else if (sent >= measureFrom && answered <= end) {
                latencies.add(answered - sent);
              }
              next(loop);
            });
  }

  private Future<String> send(Request request) {
    return http.request(
            new RequestOptions()
                .setAbsoluteURI(load.url())
                .setMethod(HttpMethod.POST)
                .setTimeout(REQUEST_TIMEOUT.toMillis())
                .setHeaders(
                    MultiMap.caseInsensitiveMultiMap()
                        .add("Content-Type", "application/json")
                        .addAll(request.headers())))
        .compose(call -> call.send(Buffer.buffer(request.body())))
        .compose(response -> response.body().map(body -> load.judge(response.statusCode(), body)));
  }
}
