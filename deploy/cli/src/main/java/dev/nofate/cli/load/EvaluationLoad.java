package dev.nofate.cli.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A closed loop: as many evaluations under way as the plan says, the next one sent when one is
 * answered. Runs on one event loop, so that the generator takes little of the processor time that
 * the stack is measured on.
 */
final class EvaluationLoad {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http;
  private final RequestOptions options;
  private final Keys keys;
  private final LoadRequest request;
  private final LoadPlan plan;
  private final Latencies latencies = new Latencies();
  private final Map<String, Integer> unexpected = new TreeMap<>();
  private long measureFrom;
  private long end;

  EvaluationLoad(Vertx vertx, String baseUrl, Keys keys, LoadRequest request, LoadPlan plan) {
    URI base = URI.create(baseUrl);
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxPoolSize(plan.concurrency())
                .setConnectTimeout((int) REQUEST_TIMEOUT.toMillis()));
    this.options =
        new RequestOptions()
            .setHost(base.getHost())
            .setPort(base.getPort())
            .setMethod(HttpMethod.POST)
            .setURI("/v1/evaluations/forward")
            .setTimeout(REQUEST_TIMEOUT.toMillis())
            .addHeader("Content-Type", "application/json");
    this.keys = keys;
    this.request = request;
    this.plan = plan;
  }

  /** Runs the plan; completes with what was measured. */
  Future<Measurement> run() {
    long start = System.nanoTime();
    measureFrom = start + plan.warmUp().toNanos();
    end = measureFrom + plan.duration().toNanos();
    List<Future<Void>> loops = new ArrayList<>();
    for (int i = 0; i < plan.concurrency(); i++) {
      Promise<Void> loop = Promise.promise();
      next(loop);
      loops.add(loop.future());
    }
    return Future.all(loops)
        .compose(done -> http.close())
        .map(closed -> Measurement.of(latencies, plan.duration(), unexpected));
  }

  private void next(Promise<Void> loop) {
    long sent = System.nanoTime();
    if (sent >= end) {
      loop.complete();
      return;
    }
    send()
        .onComplete(
            outcome -> {
              long answered = System.nanoTime();
              String found = outcome.succeeded() ? outcome.result() : name(outcome.cause());
              if (!found.isEmpty()) {
                unexpected.merge(found, 1, Integer::sum);
              } else if (sent >= measureFrom && answered <= end) {
                latencies.add(answered - sent);
              }
              next(loop);
            });
  }

  /**
   * Completes with an empty text when the answer is the expected one, and else with what it was.
   */
  private Future<String> send() {
    return http.request(
            new RequestOptions(options)
                .addHeader("x-api-key", keys.next())
                .addHeader("Idempotency-Key", UUID.randomUUID().toString()))
        .compose(call -> call.send(Buffer.buffer(request.body())))
        .compose(response -> response.body().map(body -> judge(response, body)));
  }

  private String judge(HttpClientResponse response, Buffer body) {
    if (response.statusCode() != keys.expectedStatus()) {
      return "status " + response.statusCode();
    }
    return keys.areRefused() || request.isExpected(body) ? "" : "unexpected state";
  }

  private static String name(Throwable failure) {
    return failure.getClass().getSimpleName();
  }
}
