package dev.nofate.system.money;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Stands between a worker and a service. A step that was armed is noticed when its call passes,
 * before or after the service did its work; the call is cut then, and somebody is killed.
 */
final class Tripwires implements AutoCloseable {

  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          // What is passed back says nothing of an encoding, so none is asked for.
          "accept-encoding",
          "connection",
          "content-length",
          "host",
          "upgrade",
          "http2-settings",
          "transfer-encoding");

  /**
   * A call at which to act.
   *
   * @param name what it is called in a report
   * @param method HTTP method
   * @param path a regular expression of the whole path
   * @param afterWork whether the service does its work first
   */
  record Step(String name, String method, String path, boolean afterWork) {
    boolean matches(HttpExchange exchange) {
      return exchange.getRequestMethod().equals(method)
          && exchange.getRequestURI().getPath().matches(path);
    }
  }

  private record Armed(Step step, BooleanSupplier action) {}

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final HttpServer server;
  private final Supplier<String> target;
  private final AtomicReference<Armed> armed = new AtomicReference<>();
  private volatile boolean tripped;

  /**
   * @param target where the service answers; asked for at each call, as it may be started anew
   */
  Tripwires(Supplier<String> target) {
    this.target = target;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "tripwires");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::pass);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Acts once at the step.
   *
   * @param action says whether it did; if not, the call passes and the next one is met
   */
  void arm(Step step, BooleanSupplier action) {
    tripped = false;
    armed.set(new Armed(step, action));
  }

  /** Whether what was armed was acted on. */
  boolean isTripped() {
    return tripped;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Armed wire = armed.get();
      boolean hit = wire != null && wire.step().matches(exchange);
      if (hit && !wire.step().afterWork() && acted(wire)) {
        return;
      }
      HttpResponse<byte[]> answer = forward(exchange, body);
      if (hit && wire.step().afterWork() && acted(wire)) {
        return;
      }
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
      int length = answer.body().length == 0 ? -1 : answer.body().length;
      exchange.sendResponseHeaders(answer.statusCode(), length);
      if (length > 0) {
        exchange.getResponseBody().write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean acted(Armed wire) {
    if (!wire.action().getAsBoolean()) {
      return false;
    }
    armed.compareAndSet(wire, null);
    tripped = true;
    return true;
  }

  /** A service that is away is one whose connection is cut. */
  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target.get() + exchange.getRequestURI()))
            .timeout(Duration.ofSeconds(20))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
