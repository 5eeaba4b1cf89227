package dev.nofate.cli.load;

import dev.nofate.audit.chain.Payload;
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
 * A closed loop of appends to one chain, each with the events of one evaluation, sent as
 * gate-service sends them. What is counted are events whose append was acknowledged.
 */
final class AppendLoad {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final HttpClient http;
  private final RequestOptions options;
  private final UUID tenant;
  private final LoadPlan plan;
  private final EvaluationEvents shape = new EvaluationEvents();
  private final Latencies latencies = new Latencies();
  private final Map<String, Integer> unexpected = new TreeMap<>();
  private long measureFrom;
  private long end;

  AppendLoad(Vertx vertx, String auditUrl, String token, UUID tenant, LoadPlan plan) {
    URI base = URI.create(auditUrl);
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
            .setURI("/internal/audit/appends")
            .setTimeout(REQUEST_TIMEOUT.toMillis())
            .addHeader("Authorization", "Bearer " + token)
            .addHeader("Content-Type", "application/json");
    this.tenant = tenant;
    this.plan = plan;
  }

  /** Runs the plan; completes with what was measured, a count an append. */
  Future<Measurement> run() {
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
        .map(closed -> Measurement.of(latencies, plan.duration(), unexpected));
  }

  private void next(Promise<Void> loop) {
    long sent = System.nanoTime();
    if (sent >= end) {
      loop.complete();
      return;
    }
    http.request(options)
        .compose(call -> call.send(body()))
        .compose(response -> response.body().map(body -> judge(response)))
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

  private static String judge(HttpClientResponse response) {
    return response.statusCode() == OK ? "" : "status " + response.statusCode();
  }

  private Buffer body() {
    UUID append = UUID.randomUUID();
    StringBuilder body = new StringBuilder(1_500);
    body.append("{\"append_id\":\"%s\",\"tenant\":\"%s\",\"events\":[".formatted(append, tenant));
    String between = "";
    for (Map.Entry<String, Payload> event : shape.next()) {
      body.append(between)
          .append("{\"type\":\"")
          .append(event.getKey())
          .append("\",\"subject\":\"")
          .append(append)
          .append("\",\"payload\":")
          .append(event.getValue().canonical())
          .append('}');
      between = ",";
    }
    return Buffer.buffer(body.append("]}").toString());
  }
}
