package dev.nofate.billing.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Stripe as far as the service talks to it, over HTTP, with what makes Stripe hard: a request that
 * arrives twice, limits, failures before and after the work, answers that never come. A parameter
 * that Stripe does not know is refused, and so is a request without the key.
 */
public final class StripeStandIn implements AutoCloseable {

  /** What happens to the next request. */
  public enum Fault {
    RATE_LIMIT,
    FAILED_BEFORE_WORK,
    FAILED_AFTER_WORK,
    CUT_AFTER_WORK,
    SLOW_AFTER_WORK
  }

  static final String KEY = "sk_test_standin0000";
  private static final long SLOW_MS = 1500;

  private final HttpServer server;
  private final StripeAccount account = new StripeAccount();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final Queue<Fault> meterFaults = new ConcurrentLinkedQueue<>();
  private final Map<String, Remembered> byIdempotencyKey = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  StripeStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What Stripe has. */
  public StripeAccount account() {
    return account;
  }

  /** Requests of a kind, as {@code METHOD path}. */
  public List<String> requests(String like) {
    return requests.stream().filter(request -> request.startsWith(like)).toList();
  }

  /** Lets the next requests go wrong, one each. */
  public void fail(Fault... next) {
    faults.addAll(Arrays.asList(next));
  }

  /** Lets so many of the next meter events go wrong, and nothing else. */
  public void failMeterEvents(Fault fault, int times) {
    for (int i = 0; i < times; i++) {
      meterFaults.add(fault);
    }
  }

  /** Idempotency keys are gone, identifiers are not. */
  public void forgetKeys() {
    byIdempotencyKey.clear();
  }

  /** As after more than a day: neither keys nor identifiers are remembered. */
  public void forgetTheDayBefore() {
    byIdempotencyKey.clear();
    account.forgetIdentifiers();
  }

  /** Back to an account with nothing but the price. */
  public void reset() {
    faults.clear();
    meterFaults.clear();
    requests.clear();
    byIdempotencyKey.clear();
    account.reset();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(method + " " + path);
      Fault fault =
          path.equals("/v1/billing/meter_events") && !meterFaults.isEmpty()
              ? meterFaults.poll()
              : faults.poll();
      if (fault == Fault.RATE_LIMIT) {
        answer(exchange, StripeAnswer.error(429, "rate_limit_error", "rate_limit", "Too many"));
        return;
      }
      if (fault == Fault.FAILED_BEFORE_WORK) {
        answer(exchange, StripeAnswer.error(500, "api_error", null, "Failed"));
        return;
      }
      StripeAnswer answer = once(exchange, method, path, body);
      if (fault == Fault.CUT_AFTER_WORK) {
        return;
      }
      if (fault == Fault.SLOW_AFTER_WORK) {
        Thread.sleep(SLOW_MS);
      }
      answer(
          exchange,
          fault == Fault.FAILED_AFTER_WORK
              ? StripeAnswer.error(500, "api_error", null, "Failed")
              : answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private StripeAnswer once(HttpExchange exchange, String method, String path, String body) {
    if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return StripeAnswer.error(401, "invalid_request_error", null, "Invalid API Key");
    }
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> parameters = parameters(method.equals("POST") ? body : query);
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (!method.equals("POST") || key == null) {
      return account.answer(method, path, parameters);
    }
    synchronized (byIdempotencyKey) {
      Remembered before = byIdempotencyKey.get(key);
      if (before != null && !before.request().equals(path + body)) {
        return StripeAnswer.error(
            400, "idempotency_error", null, "Keys for idempotent requests can only be used once");
      }
      if (before != null) {
        return before.answer();
      }
      StripeAnswer answer = account.answer(method, path, parameters);
      byIdempotencyKey.put(key, new Remembered(path + body, answer));
      return answer;
    }
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new TreeMap<>();
    if (text == null || text.isEmpty()) {
      return parameters;
    }
    for (String pair : new ArrayList<>(List.of(text.split("&")))) {
      int equals = pair.indexOf('=');
      parameters.put(
          URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static void answer(HttpExchange exchange, StripeAnswer answer) throws IOException {
    byte[] bytes = answer.body().encode().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("Request-Id", "req_standin");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private record Remembered(String request, StripeAnswer answer) {}

  /** An answer of Stripe. */
  record StripeAnswer(int status, JsonObject body) {

    static StripeAnswer ok(JsonObject body) {
      return new StripeAnswer(200, body);
    }

    /** An error object as Stripe's. */
    static StripeAnswer error(int status, String type, String code, String message) {
      return new StripeAnswer(
          status,
          new JsonObject()
              .put(
                  "error",
                  new JsonObject().put("type", type).put("code", code).put("message", message)));
    }
  }
}
