package dev.nofate.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

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

  public static final String KEY = "sk_test_standin0000";
  static final Duration A_DAY = Duration.ofHours(24);
  private static final long SLOW_MS = 1500;

  private final HttpServer server;
  private final StripeAccount account = new StripeAccount();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final Map<String, Queue<Fault>> faultsOf = new ConcurrentHashMap<>();
  private final Map<String, Remembered> byIdempotencyKey = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final Queue<Tripwire> tripwires = new ConcurrentLinkedQueue<>();
  private volatile Duration pause = Duration.ZERO;

  public StripeStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "stripe-stand-in");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it answers. */
  public String url() {
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

  /** Lets so many of the next requests of a kind go wrong, and nothing else. */
  public void fail(String request, Fault fault, int times) {
    faultsOf
        .computeIfAbsent(request, kind -> new ConcurrentLinkedQueue<>())
        .addAll(Collections.nCopies(times, fault));
  }

  /** Lets every answer take so long, whatever else goes wrong. */
  public void slow(Duration eachAnswer) {
    pause = eachAnswer;
  }

  /** Nothing goes wrong any more. */
  public void heal() {
    pause = Duration.ZERO;
    faults.clear();
    faultsOf.clear();
  }

  /** Requests that Stripe does not know, or not with these parameters. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /**
   * Does something once, when a request of a kind arrives or after its work was done.
   *
   * @param what says whether it did; if not, the next such request is met
   */
  public void trip(String like, boolean afterWork, BooleanSupplier what) {
    tripwires.add(new Tripwire(like, afterWork, what));
  }

  private void trip(String request, boolean afterWork) {
    tripwires.removeIf(
        wire ->
            wire.afterWork() == afterWork
                && request.startsWith(wire.like())
                && wire.what().getAsBoolean());
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
    heal();
    requests.clear();
    refusals.clear();
    tripwires.clear();
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
      trip(method + " " + path, false);
      Thread.sleep(pause.toMillis());
      Queue<Fault> own = faultsOf.get(method + " " + path);
      Fault fault = own == null || own.isEmpty() ? faults.poll() : own.poll();
      if (fault == Fault.RATE_LIMIT) {
        answer(exchange, StripeAnswer.error(429, "rate_limit_error", "rate_limit", "Too many"));
        return;
      }
      StripeAnswer answer = once(exchange, method, path, body, fault);
      trip(method + " " + path, true);
      if (fault == Fault.CUT_AFTER_WORK) {
        return;
      }
      if (fault == Fault.SLOW_AFTER_WORK) {
        Thread.sleep(SLOW_MS);
      }
      answer(exchange, answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The first answer under a key is the answer for a day, a failure of Stripe's included. */
  private StripeAnswer once(
      HttpExchange exchange, String method, String path, String body, Fault fault) {
    if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return StripeAnswer.error(401, "invalid_request_error", null, "Invalid API Key");
    }
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> parameters = parameters(method.equals("POST") ? body : query);
    Optional<String> unknown = KnownParameters.unknown(method, path, parameters.keySet());
    if (unknown.isPresent()) {
      refusals.add(method + " " + path + ": " + unknown.get());
      return StripeAnswer.refused(
          "parameter_unknown", "Received unknown parameter: " + unknown.get());
    }
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (!method.equals("POST") || key == null) {
      return worked(method, path, parameters, fault);
    }
    synchronized (byIdempotencyKey) {
      Instant now = account.now();
      byIdempotencyKey.values().removeIf(one -> !now.isBefore(one.at().plus(A_DAY)));
      Remembered before = byIdempotencyKey.get(key);
      if (before != null && !before.request().equals(path + body)) {
        return StripeAnswer.error(
            400, "idempotency_error", null, "Keys for idempotent requests can only be used once");
      }
      if (before != null) {
        return before.answer().again();
      }
      StripeAnswer answer = worked(method, path, parameters, fault);
      byIdempotencyKey.put(key, new Remembered(path + body, answer, now));
      return answer;
    }
  }

  private StripeAnswer worked(
      String method, String path, Map<String, String> parameters, Fault fault) {
    StripeAnswer failed = StripeAnswer.error(500, "api_error", null, "Failed");
    if (fault == Fault.FAILED_BEFORE_WORK) {
      return failed;
    }
    StripeAnswer answer = account.answer(method, path, parameters);
    return fault == Fault.FAILED_AFTER_WORK ? failed : answer;
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
    if (answer.replayed()) {
      exchange.getResponseHeaders().add("Idempotent-Replayed", "true");
    }
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private record Tripwire(String like, boolean afterWork, BooleanSupplier what) {}

  private record Remembered(String request, StripeAnswer answer, Instant at) {}
}
